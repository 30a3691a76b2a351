-- Made: a catalogue of format 2 as hobnob 0.1 left it (sqlite3 .dump) after two crawls of a made calendar and of a missing file.
BEGIN TRANSACTION;
CREATE TABLE aliases (
	alias TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (alias)
);
CREATE TABLE changes (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id TEXT NOT NULL, 
	what TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	fields TEXT NOT NULL
);
INSERT INTO "changes" VALUES(1,'kh2bx844','added',1795176000000000,'{}');
INSERT INTO "changes" VALUES(2,'jp3kj5fs','added',1795176000000000,'{}');
CREATE TABLE contents (
	observation_id INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (observation_id)
);
INSERT INTO "contents" VALUES(1,'{"name":"Baking night","source":"bakers","start_date":{"date":"2026-12-01","time":"18:00:00","zone":"UTC"},"uid":"one@example.org","source_url":"file:///home/ada/.config/hobnob/sources/bakers.ics","fetched_at":"2026-11-20T12:00:00Z","reader":"icalendar/3"}');
INSERT INTO "contents" VALUES(2,'{"name":"Bread for beginners","rrule":["FREQ=WEEKLY;COUNT=4"],"source":"bakers","start_date":{"date":"2026-12-08","time":"18:00:00","zone":"UTC"},"uid":"two@example.org","source_url":"file:///home/ada/.config/hobnob/sources/bakers.ics","fetched_at":"2026-11-20T12:00:00Z","reader":"icalendar/3"}');
CREATE TABLE events (
	id TEXT NOT NULL, 
	body TEXT NOT NULL, 
	presence TEXT NOT NULL, 
	recurring BOOLEAN NOT NULL, 
	created_at BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "events" VALUES('kh2bx844','{"id":"kh2bx844","name":"Baking night","start_date":{"date":"2026-12-01","time":"18:00:00","zone":"UTC"},"industries":[{"id":"food","score":0.8,"why":["Baking"]}],"sources":[{"source":"bakers","uid":"one@example.org","url":null}],"origins":{"name":"bakers","start_date":"bakers","status":"bakers","attendance":"bakers"},"created_at":"2026-11-20T12:00:00Z","changed_at":"2026-11-20T12:00:00Z"}','present',0,1795176000000000);
INSERT INTO "events" VALUES('jp3kj5fs','{"id":"jp3kj5fs","name":"Bread for beginners","start_date":{"date":"2026-12-08","time":"18:00:00","zone":"UTC"},"series":"0f4c713da23f5ef7","rrule":["FREQ=WEEKLY;COUNT=4"],"sources":[{"source":"bakers","uid":"two@example.org","url":null}],"origins":{"name":"bakers","start_date":"bakers","status":"bakers","attendance":"bakers","rrule":"bakers"},"created_at":"2026-11-20T12:00:00Z","changed_at":"2026-11-20T12:00:00Z"}','present',1,1795176000000000);
CREATE TABLE fetches (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	started_at BIGINT NOT NULL, 
	report TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, started_at)
);
INSERT INTO "fetches" VALUES(1,'bakers',1795176000000000,'{"source":"bakers","outcome":"read","started_at":"2026-11-20T12:00:00Z","finished_at":"2026-11-20T12:00:00Z","complete":true,"window_start":"2026-12-01","window_end":"2026-12-08","fetched":1,"read":2,"skipped":0,"over":0,"bytes":286,"etag":null,"last_modified":null,"title":null,"refresh":null,"errors":[]}');
INSERT INTO "fetches" VALUES(2,'gone',1795176000000000,'{"source":"gone","outcome":"failed","started_at":"2026-11-20T12:00:00Z","finished_at":"2026-11-20T12:00:00Z","complete":false,"window_start":null,"window_end":null,"fetched":0,"read":0,"skipped":0,"over":0,"bytes":0,"etag":null,"last_modified":null,"title":null,"refresh":null,"errors":["there is no file /home/ada/.config/hobnob/sources/gone.ics"]}');
INSERT INTO "fetches" VALUES(3,'bakers',1795201200000000,'{"source":"bakers","outcome":"read","started_at":"2026-11-20T19:00:00Z","finished_at":"2026-11-20T19:00:00Z","complete":true,"window_start":null,"window_end":null,"fetched":1,"read":2,"skipped":0,"over":0,"bytes":286,"etag":null,"last_modified":null,"title":null,"refresh":null,"errors":[]}');
INSERT INTO "fetches" VALUES(4,'gone',1795201200000000,'{"source":"gone","outcome":"failed","started_at":"2026-11-20T19:00:00Z","finished_at":"2026-11-20T19:00:00Z","complete":false,"window_start":null,"window_end":null,"fetched":0,"read":0,"skipped":0,"over":0,"bytes":0,"etag":null,"last_modified":null,"title":null,"refresh":null,"errors":["there is no file /home/ada/.config/hobnob/sources/gone.ics"]}');
CREATE TABLE members (
	group_key BLOB NOT NULL, 
	recurrence TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	minted TEXT, 
	PRIMARY KEY (group_key, recurrence)
)
 WITHOUT ROWID

;
INSERT INTO "members" VALUES(X'0F4C713DA23F5EF7A0E640688466AF45','','jp3kj5fs','jp3kj5fs');
INSERT INTO "members" VALUES(X'198D4709679BD7427412B3DDCD70490D','','kh2bx844','kh2bx844');
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','2');
INSERT INTO "meta" VALUES('made_at','2026-11-20T12:00:00+00:00');
CREATE TABLE observations (
	id INTEGER NOT NULL, 
	group_key BLOB NOT NULL, 
	recurrence TEXT NOT NULL, 
	source TEXT NOT NULL, 
	uid TEXT NOT NULL, 
	hash BLOB NOT NULL, 
	sequence BIGINT NOT NULL, 
	first_seen BIGINT NOT NULL, 
	last_seen BIGINT NOT NULL, 
	pending BOOLEAN NOT NULL, 
	problem TEXT, 
	component TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (group_key, recurrence)
);
INSERT INTO "observations" VALUES(1,X'198D4709679BD7427412B3DDCD70490D','','bakers','one@example.org',X'9A333C9FE4363965BFFD677C94847DDC',0,1795176000000000,1795201200000000,0,NULL,'9fc50f57d8a39746fd0b309d13cd2ef4');
INSERT INTO "observations" VALUES(2,X'0F4C713DA23F5EF7A0E640688466AF45','','bakers','two@example.org',X'32BAD473A13581863828976EB9454F55',0,1795176000000000,1795201200000000,0,NULL,'77387f83c4d381b749c22325305adba4');
CREATE TABLE sources (
	name TEXT NOT NULL, 
	title TEXT, 
	url TEXT, 
	last_fetch BIGINT, 
	last_success BIGINT, 
	failures INTEGER NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	report TEXT, 
	PRIMARY KEY (name)
);
INSERT INTO "sources" VALUES('bakers','Bakers of Bonn','file:///home/ada/.config/hobnob/sources/bakers.ics',1795201200000000,1795201200000000,0,NULL,NULL,'{"source":"bakers","outcome":"read","started_at":"2026-11-20T19:00:00Z","finished_at":"2026-11-20T19:00:00Z","complete":true,"window_start":null,"window_end":null,"fetched":1,"read":2,"skipped":0,"over":0,"bytes":286,"etag":null,"last_modified":null,"title":null,"refresh":null,"errors":[]}');
INSERT INTO "sources" VALUES('gone','Gone','file:///home/ada/.config/hobnob/sources/gone.ics',1795201200000000,NULL,2,NULL,NULL,'{"source":"gone","outcome":"failed","started_at":"2026-11-20T19:00:00Z","finished_at":"2026-11-20T19:00:00Z","complete":false,"window_start":null,"window_end":null,"fetched":0,"read":0,"skipped":0,"over":0,"bytes":0,"etag":null,"last_modified":null,"title":null,"refresh":null,"errors":["there is no file /home/ada/.config/hobnob/sources/gone.ics"]}');
CREATE INDEX observations_components ON observations (source, component) WHERE component IS NOT NULL;
CREATE INDEX observations_pending ON observations (id) WHERE pending IS 1;
CREATE INDEX ix_events_presence ON events (presence);
CREATE INDEX events_recurring ON events (id) WHERE recurring IS 1;
CREATE INDEX ix_members_event_id ON members (event_id);
CREATE INDEX ix_aliases_event_id ON aliases (event_id);
CREATE INDEX changes_of_event ON changes (event_id, number);
COMMIT;
