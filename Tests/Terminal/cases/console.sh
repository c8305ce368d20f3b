# The console does what its keys say, and what it shows stands in the log.

test_ack_is_recorded() {
  start_console && see 'NOT ACKNOWLEDGED' && type_keys a && gone 'NOT ACKNOWLEDGED' &&
    logged '"kind":"incident.acknowledged"' || fail 'shown, but not in the log'
}

test_a_note_is_in_the_log_before_it_is_shown() {
  start_console || return
  local word
  for word in first second third; do
    type_keys n && see ' Note ' && say "the $word note" && enter && see "N  the $word note" || return
    logged "\"text\":\"the $word note\"" || fail "shown, but not in the log: $word" || return
  done
}

test_a_time_in_front_of_a_note_is_when_it_happened() {
  start_console && type_keys n && see ' Note ' && say '-12m replica lag' && see '→ .*, 12 min ago' &&
    enter && see 'N  replica lag' || return
  local line recorded occurred
  line=$(log_lines | grep '"text":"replica lag"')
  recorded=$(date -d "$(sed 's/.*"recorded":"\([^"]*\)".*/\1/' <<<"$line")" +%s)
  occurred=$(date -d "$(sed 's/.*"occurred":"\([^"]*\)".*/\1/' <<<"$line")" +%s)
  [ $((recorded - occurred)) -ge 715 ] && [ $((recorded - occurred)) -le 740 ] ||
    fail "back-dated by $((recorded - occurred)) s, expected about 720"
}

test_escape_takes_the_time_for_words() {
  start_console && type_keys n && see ' Note ' && say '14:05 is when it began' && see '→' &&
    type_keys Escape && see 'the time in front is kept as text' && enter && see 'N  14:05 is when it began' &&
    in_log '"text":"14:05 is when it began"' && not_in_log '"occurred".*is when it began'
}

test_status_and_severity_are_picked_from_lists() {
  start_console && type_keys v && see ' Severity ' && say 'SEV-2' && enter &&
    see 'Lower the severity from SEV-1 to SEV-2' && type_keys y && see '^ SEV-2' &&
    in_log '"kind":"severity.changed"' &&
    type_keys s && see ' Status ' && say 'ident' && enter && see 'IDENTIFIED' &&
    in_log '"kind":"status.changed"'
}

test_a_severity_that_does_not_exist_stays_where_it_was_typed() {
  start_console && type_keys v && see ' Severity ' && say 'SEV-9' && enter &&
    see 'no choice matches' && type_keys Escape && gone ' Severity ─*' && not_in_log 'severity.changed'
}

test_an_item_is_ticked_and_unticked() {
  start_console 120x35 && type_keys 3 && type_keys Space && see '\[.\] Acknowledge the incident.*' &&
    in_log '"kind":"item.checked"' && see 'all 1/' && type_keys Space && see 'all 0/' &&
    in_log '"kind":"item.unchecked"'
}

test_an_item_is_skipped_with_a_reason_only() {
  start_console 120x35 && type_keys 3 && type_keys x && see 'Skip, because' && enter &&
    see 'Skip, because' && not_in_log 'item.skipped' && say 'nobody is awake' && enter &&
    in_log '"kind":"item.skipped".*nobody is awake'
}

test_snoozing_asks_what_how_long_and_why() {
  start_console && type_keys 4 S && see 'Snooze what' && say 'Acknowledge' && enter &&
    see 'Snooze for how long' && say '10m' && enter && see 'Snooze, because' && enter &&
    see 'Snooze, because' && not_in_log 'snoozed' && say 'they are on their way' && enter &&
    in_log '"kind":"escalation.snoozed".*on their way' && see '[Ss]noozed'
}

test_escalating_asks_and_enter_alone_is_no_answer() {
  start_console && type_keys e && see 'Escalate to' && enter && see 'Secondary on call' &&
    see ' y ' && type_keys Enter && type_keys Enter && type_keys Space && type_keys n &&
    see 'cancelled|nothing was done|ignored' && not_in_log '"kind":"escalation.fired"' &&
    type_keys e && see 'Escalate to' && enter && see ' y ' && type_keys y &&
    in_log '"kind":"escalation.fired"'
}

test_a_timer_counts_down() {
  start_console 120x35 && type_keys t && see ' Timer ' && say '25m look at the replica' && enter &&
    in_log '"kind":"timer.started".*look at the replica' && see 'look at the replica +in 2[45]:'
}

test_a_refused_entry_says_why() {
  start_console && type_keys a && gone 'NOT ACKNOWLEDGED' && type_keys a && see 'already acknowledged by mira' &&
    type_keys H && see 'no hand-over is offered' && expect 'lines' "$(log_lines | wc -l)" 2
}

test_what_another_shell_writes_appears() {
  start_console && "$muster" note --as dev 'rolled back api to 41f2' >/dev/null &&
    see 'dev +N  rolled back api to 41f2' && "$muster" mitigate >/dev/null && see 'MITIGATED|MONITORING'
}

test_help_shows_the_keys_and_goes_again() {
  start_console 120x40 && type_keys '?' && see 'escalate|write a note' && type_keys '?' &&
    gone 'write a note' && see '4 Timeline'
}

test_search_finds_and_escape_goes_back() {
  start_console || return
  local word
  for word in alpha beta gamma; do "$muster" note "$word word" >/dev/null; done
  type_keys / && see 'Enter keeps it' && say 'beta' && see '1 found' && enter && gone 'Enter keeps it' && see 'beta word' &&
    type_keys Escape && gone '“beta”' && type_keys f && see following && type_keys / && say 'no such' && see '0 found' && enter && see 'nothing found' &&
    type_keys Escape && gone 'Enter keeps it' && see 'following'
}

test_zoom_shows_one_pane_and_gives_the_others_back() {
  start_console && type_keys 4 && type_keys z && see '4 Timeline \[zoom\]' && gone '2 Due' &&
    type_keys z && see '2 Due'
}

test_the_palette_runs_the_verbs_of_the_command_line() {
  start_console && type_keys : && see ' Command ' && say 'note -12m from the palette' && enter &&
    in_log 'from the palette' && gone ' Command ' && type_keys : && see ' Command ' && say 'assign Scribe dev' && enter &&
    in_log '"kind":"role.assigned".*dev' && type_keys : && see ' Command ' && say 'nonsense' && enter &&
    see 'there is no command' && type_keys Escape && gone 'there is no command'
}

test_quitting_leaves_the_incident_open() {
  start_console && leave_screen && run_in_shell 'muster list' && see 'Checkout returns 502' &&
    expect 'lines' "$(log_lines | wc -l)" 1
}

test_an_incident_is_declared_from_an_empty_console() {
  open 100x30 && run_in_shell 'muster console' && see 'NO OPEN INCIDENT|[Nn]o .*incident' && type_keys : &&
    see ' Command ' && say 'declare Search is slow --severity SEV-3' && enter && see 'SEV-3' &&
    see 'Search is slow' && in_log '"kind":"incident.declared".*Search is slow'
}

# What was being written when the console was killed is offered by the next one.
test_a_draft_survives_a_killed_console() {
  start_console 100x35 && type_keys u && see 'Update for whom' && enter && see 'next update within' && enter &&
    see 'still open' && say 'WORDS OF MINE' && see 'WORDS OF MINE' &&
    until_true 5 grep -rq --include='console-drafts-*' 'WORDS OF MINE' "$MUSTER_HOME" && kill -9 "$(pane_child)" &&
    run_in_shell 'muster console' && see 'was started but not sent' && type_keys u && see 'continue: to' && enter &&
    see 'WORDS OF MINE' && enter && see ' y ' && type_keys y && in_log '"kind":"update.sent".*WORDS OF MINE' &&
    until_true 5 no_drafts
}

no_drafts() { ! ls "$MUSTER_HOME"/console-drafts-*; }
