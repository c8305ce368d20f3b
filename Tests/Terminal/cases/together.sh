# Several programs on one incident: nobody misses anything, and nothing is recorded twice or lost.

second_window() { window=u && open 100x30 && run_in_shell "muster ${1:-console}"; }

test_two_consoles_see_each_other() {
  start_console && second_window && see 'Checkout returns 502' && type_keys n && see ' Note ' && say 'from the second' &&
    enter && see 'N  from the second' && window=t && see 'N  from the second' && type_keys n && see ' Note ' &&
    say 'from the first' && enter && see 'N  from the first' && window=u && see 'N  from the first' &&
    type_keys a && gone 'NOT ACKNOWLEDGED' && window=t && gone 'NOT ACKNOWLEDGED'
}

test_what_falls_due_before_several_screens_is_recorded_once() {
  "$muster" declare 'Checkout returns 502' --severity SEV-1 --detected -4m59s >/dev/null && open 100x30 &&
    run_in_shell 'muster console' && see 'Checkout returns 502' && second_window && see 'Checkout returns 502' &&
    in_log '"kind":"escalation.fired"' && see 'CALL|[Cc]all Secondary' && "$muster" note 'time passes' >/dev/null &&
    see 'time passes' && window=t && see 'time passes' &&
    expect 'fired' "$(log_lines | grep -c '"kind":"escalation.fired"')" 1 && "$muster" verify >/dev/null
}

test_a_killed_console_loses_nothing_that_it_acknowledged() {
  start_console || return
  local pid i acknowledged
  for i in 1 2 3; do
    pid=$(pane_child)
    type_keys n && see ' Note ' && say "note $i of those that are kept" && enter &&
      see "recorded · entry|N  note $i of" || return
    type_keys n && see ' Note ' && say 'a note that is never finished' && kill -9 "$pid" &&
      until_true 3 gone_process "$pid" || return
    logged "note $i of those that are kept" || fail "note $i was shown and is lost" || return
    in_tmux respawn-pane -k -t "$window" "env PS1='READY> ' bash --norc --noprofile" && see 'READY>' &&
      run_in_shell 'muster console' && see "note $i of those" || return
  done
  not_in_log 'never finished' && "$muster" verify >/dev/null
}

test_the_demo_is_a_real_incident() {
  open 100x30 && run_in_shell "TMPDIR=$scratch muster demo --speed 30" && see '4 Timeline' 20 || return
  local store=
  until_true 10 ls -d "$scratch"/*/incidents || fail 'no store' || return
  store=$(dirname "$(ls -d "$scratch"/*/incidents | head -1)")
  local id verb
  id=$(ls "$store/incidents" | sed -n '1s/\.jsonl$//p')
  for verb in verify log show; do
    "$muster" $verb --home "$store" -i "$id" >"$scratch/out" 2>&1 || fail "$verb: $(head -3 "$scratch/out")" || return
  done
  until_true 20 eval '[ "$(wc -l <"$store/incidents/$id.jsonl")" -ge 6 ]' || fail 'nothing happens in it' || return
  "$muster" verify --home "$store" -i "$id" >/dev/null || fail 'not a whole log' || return
  type_keys n && see ' Note ' && say 'from a visitor' && enter && see 'from a visitor' && leave_screen
}
