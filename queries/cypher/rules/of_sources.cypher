// The tie t is told by one of the chosen dossiers or data sets.
(size($sources) = 0 OR any(c IN t.collections WHERE c IN $sources))
