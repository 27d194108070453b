"""How much do two worlds differ, how sure is that, and which lesson brought how much of it?"""
