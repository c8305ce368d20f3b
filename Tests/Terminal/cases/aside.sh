# What leaves the screen for a while, or has little room for it.

test_an_editor_gives_the_words_back() {
  printf '#!/bin/sh\nprintf "written elsewhere" >"$1"\n' >"$scratch/editor" && chmod +x "$scratch/editor" &&
    start_console 100x30 tmux-256color "EDITOR=$scratch/editor" && type_keys n && see ' Note ' && say 'draft' &&
    type_keys C-o && see 'written elsewhere' && enter && see 'N  written elsewhere' &&
    logged '"text":"written elsewhere"' && leave_screen && sane_shell
}

test_an_editor_that_fails_leaves_the_words() {
  start_console 100x30 tmux-256color EDITOR=/bin/false && type_keys n && see ' Note ' && say 'a precious draft' &&
    type_keys C-o && see 'failed; the text is unchanged' && see 'a precious draft' && enter && in_log 'a precious draft'
}

test_plain_text_can_be_picked_and_left() {
  start_console && type_keys P && see 'press Enter to return' &&
    expect 'alternate screen' "$(in_tmux display -p -t "$window" '#{alternate_on}')" 0 && enter &&
    see '4 Timeline' && gone 'press Enter to return'
}

test_a_window_that_is_too_small_says_so_and_recovers() {
  start_console && resize 12x2 && see 'have 12x2' && resize 30x4 && see 'T\+0' && resize 100x30 && see '4 Timeline' &&
    resize 1x1 && until_true 10 size_is 1x1 && type_keys q && resize 100x30 && see 'Leave the console' &&
    type_keys y && see 'READY> *$'
}

test_damage_is_shown_on_both_screens_and_recording_goes_on() {
  declare_incident && "$muster" note 'a line to be damaged' >/dev/null &&
    sed -i 's/a line to be damaged/a line that is damaged/' "$MUSTER_HOME"/incidents/*.jsonl && open 150x30 &&
    run_in_shell 'muster console' && see 'DAMAGED' && type_keys n && see ' Note ' && say 'it goes on' && enter &&
    see 'N  it goes on' && leave_screen && run_in_shell 'clear; muster wall' && see 'DAMAGED' || return
  "$muster" verify >/dev/null
  expect 'status' "$?" 1
}

test_a_torn_line_is_mended_by_the_next_entry() {
  start_console && printf '{"seq":2,"id":"0190' >>"$(ls "$MUSTER_HOME"/incidents/*.jsonl)" && type_keys n && see ' Note ' &&
    say 'after the torn one' && enter && see 'N  after the torn one' && in_log '"kind":"log.repaired"' &&
    "$muster" verify >/dev/null
}

test_many_entries_written_at_once_all_arrive() {
  start_console || return
  local writer i writers=()
  for writer in 1 2 3; do
    (for i in 1 2 3 4 5; do "$muster" note "writer $writer entry $i" >/dev/null || exit 1; done) &
    writers+=($!)
  done
  for writer in "${writers[@]}"; do wait "$writer" || fail 'a writer failed' || return; done
  see '16 entries' && expect 'lines' "$(log_lines | wc -l)" 16 && "$muster" verify >/dev/null
}

# A file that may not grow stands for a full disk: nothing can be added to the log, the spool has room.
test_words_that_cannot_be_recorded_are_not_lost() {
  declare_incident && open 120x30 && run_in_shell 'bash -c "ulimit -f 4; exec muster console"' &&
    see 'Checkout returns 502' && type_keys n && see ' Note ' && say 'no room for this' && enter &&
    see 'NOT RECORDED, kept in' && not_in_log 'no room for this' &&
    gone ' Note ' && leave_screen && "$muster" note 'there is room again' >/dev/null 2>&1 && in_log 'no room for this' &&
    in_log 'there is room again' && "$muster" verify >/dev/null
}

# A log that is away for a while stands for a disk that fails for a while.
test_a_console_records_kept_words_by_itself_when_the_log_is_back() {
  start_console 120x30 || return
  local log
  log=$(ls "$MUSTER_HOME"/incidents/*.jsonl)
  mv "$log" "$scratch/away" && mkdir "$log" && type_keys n && see ' Note ' && say 'kept for a while' && enter &&
    see 'NOT RECORDED' && see ' 1 NOT RECORDED' && rmdir "$log" && mv "$scratch/away" "$log" &&
    in_log 'kept for a while' && see 'N  kept for a while' && gone ' 1 NOT RECORDED' && "$muster" verify >/dev/null
}

# A console that cannot write either does not record the other's words before everything has shown them.
test_trouble_of_one_process_shows_everywhere_within_five_seconds() {
  declare_incident && open 120x30 && run_in_shell 'bash -c "ulimit -f 4; exec muster console"' &&
    see 'Checkout returns 502' || return
  local console=$window
  window=wall
  open 120x30 && run_in_shell 'muster wall' && see 'NOT ACKNOWLEDGED' || return
  bash -c 'ulimit -f 4; "$0" note "no room"' "$muster" >/dev/null 2>&1
  see 'NOT RECORDED' 5 && window=$console && see 'NOT RECORDED' 5 || return
  local verb
  for verb in list brief status-line show; do
    "$muster" "$verb" 2>&1 | grep 'NOT RECORDED' >/dev/null || fail "$verb does not show it" || return
  done
}
