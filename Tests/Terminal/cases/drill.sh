# Training: a past incident tells itself again, at a speed of its own.

# A closed incident with something in it that others noticed at once; its id is in $past.
closed_incident() {
  "$muster" declare "Checkout returns 502" --severity SEV-1 --as kai >/dev/null &&
    "$muster" note "the pods are up" --as kai >/dev/null &&
    "$muster" finding "it is the cache" --as bo >/dev/null &&
    "$muster" impact "nobody pays" --as dev >/dev/null &&
    "$muster" close --outcome cancelled >/dev/null || return
  past=$(basename "$(ls "$MUSTER_HOME"/incidents/*.jsonl)" .jsonl)
}

drill_lines() { cat "$MUSTER_HOME"/drills/incidents/*.jsonl; }
told_so_far() { [ "$(drill_lines | grep -c '"source":"drill"')" = "$1" ]; }
# What makes events the same stands only once.
nothing_twice() { [ -z "$(drill_lines | grep -o '^{"seq":[0-9]*,"id":"[^"]*"' | cut -d, -f2 | sort | uniq -d)" ]; }

test_a_drill_tells_a_past_incident_by_itself() {
  closed_incident && open 100x30 && run_in_shell "muster drill $past --speed 100 --as mira" &&
    see 'DRILL' && see 'N  the pods are up' && see 'F  it is the cache' && see 'Impact: nobody pays' &&
    see 'T\+00:1' && until_true 10 told_so_far 3 || return
  "$muster" status-line | grep . && fail 'a drill in the status line'
  type_keys C && see 'Close' && say 'cancelled' && enter && see 'Confirm' && type_keys y && see 'Read its debrief' && type_keys y &&
    see 'debrief of Checkout returns 502' && type_keys Escape && gone 'Debrief of the drill' &&
    leave_screen && see 'again: muster drill debrief -i' && nothing_twice
}

test_a_drill_survives_its_console() {
  local drill before
  "$muster" drill bad-deployment --speed 100 >/dev/null && drill=$(basename "$(ls "$MUSTER_HOME"/drills/incidents/*.jsonl)" .jsonl) &&
    open 100x30 && run_in_shell "muster console -i $drill" && see 'HighErrorRate checkout 31' || return
  before=$(drill_lines | wc -l)
  kill -9 "$(pane_child)"
  run_in_shell 'reset; clear' && see 'READY> *$' &&
    run_in_shell "muster console -i $drill" && see 'DRILL' && see 'PaymentQueueGrowing' &&
    until_true 60 told_so_far 22 && nothing_twice && "$muster" verify -i "$drill" >/dev/null &&
    [ "$(drill_lines | wc -l)" -gt "$before" ]
}

test_a_trainer_tells_more_and_the_wall_shows_it() {
  local drill
  "$muster" drill filling-disk >/dev/null && drill=$(basename "$(ls "$MUSTER_HOME"/drills/incidents/*.jsonl)" .jsonl) &&
    open 100x30 && run_in_shell "muster wall -i $drill" && see 'DRILL .* nothing is broken' &&
    "$muster" drill inject -i "$drill" alert 'The sale has begun' --by ada >/dev/null && see 'The sale has begun' &&
    leave_screen
}
