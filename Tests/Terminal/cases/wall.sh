# The wall shows what is, says so when it cannot, and never touches the store.

start_wall() {
  declare_incident && open "${1:-100x30}" && run_in_shell 'muster wall' && see 'SEV-1 .*INVESTIGATING'
}

# Every file of the store with its size and the time it was last written to.
store_files() { ls -lAR --time-style=full-iso "$MUSTER_HOME"; }

test_no_key_of_the_wall_writes_anything() {
  declare_incident && chmod -R a-w "$MUSTER_HOME" && store_files >"$scratch/before" && open 100x30 &&
    run_in_shell 'muster wall' && see 'SEV-1 .*INVESTIGATING' || return
  local key
  for key in a n s v e S R C m u t T A H D o I b : / ? x Space Enter Tab 1 2 3 4 C-z C-d F1 Up Down; do
    type_keys "$key"
  done
  in_tmux set-buffer 'ack' && in_tmux paste-buffer -p -t "$window" && type_keys q && see 'Leave the wall' &&
    type_keys n && gone 'Leave the wall' && type_keys q && see 'Leave the wall' && enter && gone 'Leave the wall' &&
    see 'NOT ACKNOWLEDGED' && store_files | cmp - "$scratch/before" || return
  type_keys q && see 'Leave the wall' && type_keys y && see 'READY> *$'
  chmod -R u+w "$MUSTER_HOME"
}

test_a_store_that_cannot_be_reached_is_stale_until_it_can() {
  start_wall && see 'read [01] s ago' && mv "$MUSTER_HOME/incidents" "$MUSTER_HOME/away" &&
    see 'last read [0-9:]+' 12 && see 'SEV-1 .*INVESTIGATING' &&
    mv "$MUSTER_HOME/away" "$MUSTER_HOME/incidents" && gone 'last read' && see 'read [01] s ago' &&
    "$muster" note 'we are back' >/dev/null && see 'we are back'
}

test_a_quiet_log_is_not_stale() {
  start_wall && see 'running ' && until_true 20 shows_elapsed 8 && shows_not 'last read' && see 'read [01] s ago'
}

# shows_elapsed SECONDS: whether the incident's file is that old by now, by the clock of the machine.
shows_elapsed() {
  [ $(($(date +%s) - $(stat -c %Y "$MUSTER_HOME"/incidents/*.jsonl))) -ge "$1" ]
}

test_a_log_that_is_removed_is_told_and_comes_back() {
  start_wall || return
  local file
  file=$(ls "$MUSTER_HOME"/incidents/*.jsonl)
  mv "$file" "$scratch/kept" && see 'last read|gone' 12 && mv "$scratch/kept" "$file" && gone 'last read|is gone' &&
    "$muster" note 'after it came back' >/dev/null && see 'after it came back'
}

test_a_log_that_is_replaced_is_read_anew() {
  start_wall || return
  local file
  file=$(ls "$MUSTER_HOME"/incidents/*.jsonl)
  "$muster" note 'in both' >/dev/null && see 'in both' && cp -p "$file" "$scratch/kept" &&
    mv "$scratch/kept" "$file" && "$muster" note 'in the new file' >/dev/null && see 'in the new file' &&
    shows_not 'last read|missing'
}

test_a_log_that_has_less_than_before_is_told() {
  start_wall || return
  local file
  file=$(ls "$MUSTER_HOME"/incidents/*.jsonl)
  cp -p "$file" "$scratch/kept" && "$muster" note 'cut off later' >/dev/null && see 'cut off later' &&
    mv "$scratch/kept" "$file" && see 'lines are missing|DAMAGED'
}

test_a_wall_without_an_incident_waits_for_one() {
  mkdir -p "$MUSTER_HOME" && open 100x30 && run_in_shell 'muster wall' && see 'read [0-9]+ s ago' &&
    see '█ *█' && declare_incident && see 'SEV-1 .*INVESTIGATING' &&
    "$muster" close --outcome cancelled >/dev/null && gone 'SEV-1 .*INVESTIGATING'
}

test_a_store_that_went_away_is_not_an_empty_one() {
  declare_incident && "$muster" close --outcome cancelled >/dev/null && open 100x30 && run_in_shell 'muster wall' &&
    see 'read [01] s ago' && mv "$MUSTER_HOME" "$MUSTER_HOME.away" && see 'last read' 12 &&
    mv "$MUSTER_HOME.away" "$MUSTER_HOME" && gone 'last read' && see 'read [01] s ago'
}

test_a_wall_with_two_incidents_shows_both() {
  declare_incident && "$muster" declare 'Search is slow' --severity SEV-3 >/dev/null && open 100x30 &&
    run_in_shell 'muster wall' && see 'SEV-1 .*INVESTIGATING' && see 'Search is slow'
}

test_input_that_is_not_a_terminal_is_refused_by_the_wall() {
  declare_incident || return
  local said
  said=$("$muster" wall </dev/null 2>&1)
  expect 'status' "$?" 2 && expect 'lines' "$(printf '%s\n' "$said" | wc -l)" 1
}
