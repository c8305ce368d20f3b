# An idle screen costs next to nothing, and one that has lost its terminal nothing at all.

bytes_so_far() { stat -c %s "$scratch/bytes"; }

# idles_until COUNT FILE: whether the file has been written to COUNT seconds ago, by the clock of the machine.
idles_until() { [ $(($(date +%s) - $(stat -c %Y "$2"))) -ge "$1" ]; }

# idle SCREEN WHAT: 15 s of a screen at 160x45 with a clock and three countdowns that show their seconds.
idle() {
  local name pid before ticks
  "$muster" declare 'Checkout returns 502' --severity SEV-4 >/dev/null || return
  for name in first second third; do "$muster" timer 20m "$name" >/dev/null || return; done
  open 160x45 && run_in_shell "muster $1" && see "$2" && see '19:[0-9][0-9]|█' || return
  pid=$(pane_child)
  record_output "$scratch/bytes" && until_true 5 test -e "$scratch/bytes" || return
  touch "$scratch/begin"
  before=$(bytes_so_far)
  ticks=$(ticks_of "$pid")
  until_true 30 idles_until 15 "$scratch/begin" || return
  bytes=$(($(bytes_so_far) - before))
  ticks=$(($(ticks_of "$pid") - ticks))
  [ $bytes -le $((15 * 150)) ] || fail "$bytes bytes in 15 s" || return
  [ $bytes -gt 0 ] || fail 'it stands still' || return
  [ $ticks -le 30 ] || fail "$ticks hundredths of a second in 15 s"
}

test_an_idle_console_sends_few_bytes_and_an_entry_one_kilobyte() {
  idle console 'Checkout returns 502' || return
  local before sent
  before=$(bytes_so_far)
  "$muster" note 'one more entry' >/dev/null && see 'one more entry' || return
  sent=$(($(bytes_so_far) - before))
  [ $sent -le 1024 ] || fail "$sent bytes for one entry"
}

test_an_idle_wall_sends_few_bytes() { idle wall 'SEV-4 .*INVESTIGATING'; }

test_an_unchanged_frame_sends_nothing() {
  "$muster" declare 'Nothing moves' --severity SEV-4 >/dev/null && open 100x30 && run_in_shell 'muster console' &&
    see 'Nothing moves' && type_keys '?' && see 'write a note' || return
  record_output "$scratch/bytes" && until_true 5 test -e "$scratch/bytes" || return
  # Keys that change nothing: what is sent is what the clock needs in that time.
  touch "$scratch/begin"
  local i
  for i in $(seq 30); do type_keys Home; done
  until_true 10 idles_until 3 "$scratch/begin" && [ "$(bytes_so_far)" -le 600 ] ||
    fail "$(bytes_so_far) bytes for nothing"
}

# Gone without its terminal, even where the hang-up signal is ignored, and not busy before.
gone_with_its_terminal() {
  declare_incident && open 100x30 && run_in_shell "bash -c 'trap \"\" HUP; exec muster $1'" && see "$2" || return
  local pid
  pid=$(pane_child)
  in_tmux kill-session -t "$window"
  until_true 3 gone_process "$pid" || fail "still running without a terminal: $(ticks_of "$pid") ticks"
}

test_a_console_without_its_terminal_ends_by_itself() { gone_with_its_terminal console 'Checkout returns 502'; }
test_a_wall_without_its_terminal_ends_by_itself() { gone_with_its_terminal wall 'SEV-1 .*INVESTIGATING'; }
