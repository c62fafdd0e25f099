// The tie t holds on the day: whatever its doubtful dates are and whoever is right, or with $possible for some settlement.
CASE WHEN $possible THEN t.earliest_begin <= $day AND t.latest_end >= $day
     ELSE t.latest_begin <= $day AND t.earliest_end >= $day AND NOT t.disputed END
