-- Nobody is known to have brought in anybody, or not yet.
0 as referred
