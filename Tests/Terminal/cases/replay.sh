# The console over a past incident.

# An incident of fifty minutes with a note that was written late.
past_incident() {
  muster declare 'Checkout returns 502 for all carts' --severity SEV-1 --at -50m >/dev/null &&
    muster ack --at -48m >/dev/null &&
    muster note --at -30m 'errors began with api 41f3' >/dev/null &&
    muster mitigate --at -10m --yes >/dev/null && muster resolve --at -2m --yes >/dev/null &&
    muster note --at -40m 'bo did not get the page' >/dev/null && muster close --yes >/dev/null
}

test_a_past_incident_is_played_stepped_and_jumped_in() {
  past_incident && open 120x30 && run_in_shell 'muster replay 2>/dev/null' &&
    see 'REPLAY' && see 'PAUSED 10×' && see 'T\+00:00:00' && see 'NOT ACKNOWLEDGED' &&
    type_keys Right && see 'T\+00:02:00' && see 'Acknowledged' && gone 'NOT ACKNOWLEDGED' &&
    type_keys t && see 'Jump to' && say 'T+25m' && enter && see 'T\+00:25:00' &&
    see 'errors began with api 41f3' && type_keys Left && see 'T\+00:20:00' &&
    type_keys '[' && see 'PAUSED 5×' && type_keys ']' ']' ']' && see 'PAUSED 60×' &&
    type_keys Space && see 'PLAYING 60×' && see 'T\+00:2[3-9]' && type_keys Space && see 'PAUSED' &&
    type_keys '$' && see ' END ' && see 'CLOSED' && type_keys n &&
    see 'this is a replay' && type_keys w && see 'Hand-over brief' && type_keys Escape && gone 'Hand-over brief' &&
    type_keys q && see 'READY> *$' && sane_shell
}

test_a_replay_leaves_out_what_was_written_later_and_writes_nothing() {
  past_incident || return
  local log before
  log=$(ls "$MUSTER_HOME"/incidents/*.jsonl)
  before=$(sha256sum "$log")
  open 80x24 && run_in_shell 'muster replay --at T+12m 2>/dev/null' &&
    see 'bo did not get the page' && type_keys K && see 'AS KNOWN THEN' &&
    gone 'bo did not get the page' && type_keys a && see 'ack: ' && type_keys : &&
    see 'Command' && say 'note new words' && enter && see 'this is a replay' &&
    type_keys Escape && gone 'Command ═' && type_keys q && see 'READY> *$' || return
  expect 'the log' "$(sha256sum "$log")" "$before"
}

test_a_replay_is_the_same_frame_wherever_it_is_printed() {
  past_incident || return
  local one two
  one=$(muster replay --dump 120x30 --at T+25m 2>/dev/null)
  open 120x30 && run_in_shell 'clear; muster replay --at T+25m 2>/dev/null' &&
    see 'T\+00:25:00' || return
  two=$(screen)
  expect 'the frame' "$(sed 's/ *$//' <<<"$two")" "$(sed 's/ *$//' <<<"$one")"
}
