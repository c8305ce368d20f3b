# What the tests share: a throw-away store, a tmux server of their own, and waiting for what is expected.

# A store, a home and a tmux server for one test.
begin() {
  scratch=$(mktemp -d)
  export MUSTER_HOME=$scratch/store XDG_CONFIG_HOME=$scratch/config XDG_STATE_HOME=$scratch/state
  export HOME=$scratch USER=mira LC_ALL=C.UTF-8 TZ=UTC
  export SHELL=/bin/bash PS1='$ ' PATH=$(dirname "$muster"):$PATH
  unset MUSTER_INCIDENT NO_COLOR TMUX
  server=muster-test-$$
  window=t
}

finish() {
  tmux -L "$server" kill-server 2>/dev/null
  rm -rf "$scratch" 2>/dev/null || { sleep 0.2; rm -rf "$scratch"; }
}

in_tmux() { tmux -L "$server" "$@"; }

# open WxH [TERM [NAME=VALUE...]]: a shell in $window, of that size, in which the program can be started and left.
open() {
  local size=$1 term=${2:-tmux-256color}
  shift $(($# < 2 ? $# : 2))
  in_tmux -f /dev/null new-session -d -x "${size%x*}" -y "${size#*x}" -s "$window" \
    "env TERM=$term PS1='READY> ' $* bash --norc --noprofile" || return
  in_tmux set-option -g status off >/dev/null
  see 'READY>'
}

# type_keys KEY...: keys by the names that tmux gives them. say TEXT: the text itself.
type_keys() { in_tmux send-keys -t "$window" "$@"; }
say() { in_tmux send-keys -t "$window" -l -- "$1"; }
enter() { in_tmux send-keys -t "$window" Enter; }
run_in_shell() { say "$1"; enter; }

screen() { in_tmux capture-pane -t "$window" -p; }

# until_true SECONDS COMMAND...: succeeds as soon as the command does.
until_true() {
  local limit=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$limit" ] || return 1
    sleep 0.05
  done
}

shows() { screen | grep -qE -- "$1"; }
shows_not() { ! screen | grep -qE -- "$1"; }

# see REGEX / gone REGEX: waits until the screen shows it, or no longer does.
see() {
  until_true "${2:-10}" shows "$1" && return
  printf 'expected to see: %s\n' "$1" >&2
  screen | sed -e '/^ *$/d' -e 's/^/    | /' >&2
  return 1
}

gone() {
  until_true "${2:-10}" shows_not "$1" && return
  printf 'expected to be gone: %s\n' "$1" >&2
  screen | sed -e '/^ *$/d' -e 's/^/    | /' >&2
  return 1
}

fail() {
  printf '%s\n' "$*" >&2
  return 1
}

# expect WHAT ACTUAL EXPECTED
expect() {
  [ "$2" = "$3" ] || fail "$1: $2, expected $3"
}

# The terminal is as a shell wants it: main screen, cursor shown, echo on.
sane_shell() {
  expect 'alternate screen' "$(in_tmux display -p -t "$window" '#{alternate_on}')" 0 &&
    expect 'cursor' "$(in_tmux display -p -t "$window" '#{cursor_flag}')" 1 &&
    run_in_shell 'stty -a | grep -o " echo " | tr -d " "; echo after-$?' && see '^echo' && see 'after-0'
}

# The process that runs in the window.
pane_child() {
  local shell
  shell=$(in_tmux display -p -t "$window" '#{pane_pid}')
  tr ' ' '\n' <"/proc/$shell/task/$shell/children" | head -1
}

# size_is WxH: whether the window has that size already.
size_is() { [ "$(in_tmux display -p -t "$window" '#{pane_width}x#{pane_height}')" = "$1" ]; }

resize() { in_tmux resize-window -t "$window" -x "${1%x*}" -y "${1#*x}"; }

gone_process() { ! kill -0 "$1" 2>/dev/null; }

# Processor time that a process has had, in hundredths of a second.
ticks_of() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

# From now on everything the program sends to the terminal is kept in that file.
record_output() { in_tmux pipe-pane -t "$window" -O "cat >'$1'"; }

declare_incident() { "$muster" declare "Checkout returns 502" --severity SEV-1 "$@" >/dev/null; }

# start_console [WxH [TERM [NAME=VALUE...]]]: the console on a new incident.
start_console() {
  declare_incident && open "${@:-100x30}" && run_in_shell 'muster console' && see 'Checkout returns 502'
}

# leave_screen [REGEX]: q, and y where it asks, until the shell is back or the screen shows that.
leave_screen() {
  local after=${1:-READY> *\$}
  type_keys q && see "Leave the|$after" || return
  if shows 'Leave the'; then type_keys y; fi
  see "$after"
}

log_lines() { cat "$MUSTER_HOME"/incidents/*.jsonl; }
logged() { log_lines | grep -qE -- "$1"; }

# in_log REGEX: waits until the log has it.
in_log() {
  until_true 10 logged "$1" && return
  fail "not in the log: $1"
}

# not_in_log REGEX: it is not there now.
not_in_log() {
  ! logged "$1" || fail "in the log: $(log_lines | grep -oE -- "$1")"
}
