"""What keeps sources crawled by themselves: rules without input or output, which the catalogue and the program ask.

- `due`: when a source is to be fetched again
- `breaker`: when a source gives so much less than is usual that it is not believed
- `owners`: who holds a claim on a source, and whether they still live
- `terms`: what a crawl tells the catalogue about the sources whose records it loads
- `health`: what is wrong with a source, since when, and what a person can do
"""
