// How far the fact f has come on the day: the last of its statuses that begins by then, each a text of its first day and its name.
// A fact written before these were kept has only the last of all.
coalesce(last([x IN f.statuses WHERE left(x, 10) <= toString($day) | substring(x, 11)]), f.status)
