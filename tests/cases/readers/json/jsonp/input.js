/**/ cb.events({"@context":"https://schema.org","@type":"Event","name":"Fair","startDate":"2027-03-01"});
