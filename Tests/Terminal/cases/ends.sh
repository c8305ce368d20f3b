# However it ends, the shell that is left is a sane one and the process is gone.

test_quit_leaves_a_sane_shell() {
  start_console && leave_screen && sane_shell
}

ended_by_signal() {
  start_console || return
  local pid
  pid=$(pane_child)
  [ -n "$pid" ] || fail 'no process' || return
  kill "-$1" "$pid"
  until_true 3 gone_process "$pid" || fail "still running after SIG$1" || return
  see 'READY>' && sane_shell
}

test_sigterm_leaves_a_sane_shell() { ended_by_signal TERM; }
test_sigint_leaves_a_sane_shell() { ended_by_signal INT; }
test_sighup_leaves_a_sane_shell() { ended_by_signal HUP; }
test_a_crash_leaves_a_sane_shell() { ended_by_signal SEGV; }
test_a_trap_leaves_a_sane_shell() { ended_by_signal ILL; }
test_an_abort_leaves_a_sane_shell() { ended_by_signal ABRT; }

test_a_killed_pane_ends_the_process() {
  start_console || return
  local pid
  pid=$(pane_child)
  in_tmux kill-session -t t
  until_true 3 gone_process "$pid" || fail 'still running without a terminal'
}

test_leaving_with_the_gravest_severity_open_asks_once() {
  start_console && type_keys q && see 'Leave the console while SEV-1 is open' && type_keys n &&
    gone 'Leave the console' && see '4 Timeline' && type_keys q && see 'Leave the console' && type_keys y &&
    see 'READY> *$' && run_in_shell 'clear; muster severity SEV-3 --yes; muster ack; muster console' && see '4 Timeline' &&
    type_keys q && see 'READY> *$'
}

test_suspend_and_resume() {
  start_console && type_keys C-z && see 'Stopped' && sane_shell &&
    run_in_shell 'fg' && see 'Checkout returns 502' && leave_screen
}

test_input_that_is_not_a_terminal_is_refused_in_one_line() {
  declare_incident || return
  local said
  said=$("$muster" console </dev/null 2>&1)
  expect 'status' "$?" 2 && expect 'lines' "$(printf '%s\n' "$said" | wc -l)" 1
}
