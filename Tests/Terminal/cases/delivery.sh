# Updates that go out by a command of the person's own configuration.

# deliver_by SCRIPT [SETTINGS]: updates to customers go by a shell script called "page".
deliver_by() {
  mkdir -p "$XDG_CONFIG_HOME/muster"
  printf '#!/bin/sh\n%s\n' "$1" >"$scratch/page"
  chmod +x "$scratch/page"
  printf 'delivery:\n  page: {command: [%s], audiences: [customers]%s}\n' "$scratch/page" "${2:-}" \
    >"$XDG_CONFIG_HOME/muster/config.yaml"
}

# compose TEXT: the usual update with these words, up to the question.
compose() {
  type_keys u && see 'Update for whom' && enter && see 'next update within' && enter &&
    see '╔ Update to customers ' && type_keys C-e C-u && say "$1" && enter && see 'Send this update to customers'
}

failing_twice="
echo x >>\$0.times
[ \$(wc -l <\$0.times) -ge 3 ] || { echo 'no route to host' >&2; exit 7; }
cat >>\$0.out"

test_a_command_that_fails_twice_delivers_in_the_end_without_a_key() {
  deliver_by "$failing_twice" && start_console 120x35 && compose 'We look into it' &&
    see 'Sent by page' && see 'log 1:[0-9a-f]{64}' && enter && not_in_log 'update.sent' && type_keys y &&
    in_log '"kind":"update.sent".*"via":\["page"\]' && see 'NOT DELIVERED page, retry in 00:0' &&
    see 'exit 7: no route to host' && see 'retry in 00:(10|0[6-9])' 15 && gone 'NOT DELIVERED page,' 20 &&
    in_log '"kind":"delivery.succeeded".*"attempt":3' && see 'Update 2 delivered to page' || return
  expect 'attempts' "$(wc -l <"$scratch/page.times")" 3 &&
    expect 'what went out' "$(head -1 "$scratch/page.out")" 'We look into it' &&
    expect 'last line' "$(tail -1 "$scratch/page.out" | cut -c1-6)" 'log 1:'
}

test_what_a_killed_command_line_recorded_is_delivered_by_the_next_console() {
  deliver_by 'echo $PPID >"$0.pid"; test -e "$0.up" || exec sleep 30; cat >"$0.out"' ', timeout: 60s' &&
    declare_incident || return
  "$muster" update 'We look into it' --audience customers >/dev/null 2>&1 </dev/null &
  until_true 10 test -s "$scratch/page.pid" && kill -9 "$(cat "$scratch/page.pid")" &&
    in_log 'update.sent' && not_in_log 'delivery' || return
  : >"$scratch/page.up"
  open 100x30 && run_in_shell 'muster console' && see 'Update 2 delivered to page' && in_log 'delivery.succeeded' &&
    expect 'what went out' "$(head -1 "$scratch/page.out")" 'We look into it'
}

test_leaving_waits_for_a_delivery_under_way() {
  deliver_by 'echo x >>"$0.times"; sleep 2; cat >"$0.out"' && start_console 100x30 && compose 'We look into it' &&
    type_keys y && until_true 10 test -s "$scratch/page.times" && see 'DELIVERING page' && leave_screen && in_log 'delivery.succeeded' && expect 'attempts' "$(wc -l <"$scratch/page.times")" 1
}

test_a_hanging_command_keeps_nobody_from_writing() {
  deliver_by 'echo x >>"$0.times"; sleep 60' ', timeout: 5s' && start_console 100x30 && compose 'We look into it' &&
    type_keys y && until_true 10 test -s "$scratch/page.times" && type_keys n && see ' Note ' &&
    say 'meanwhile' && enter && in_log '"kind":"note.added".*meanwhile' && not_in_log 'delivery' &&
    see 'NOT DELIVERED page' 15 && in_log 'delivery.failed.*stopped after 5 s'
}

test_the_command_line_asks_at_a_terminal_and_enter_is_no() {
  deliver_by 'cat >"$0.out"' && declare_incident && open 100x30 &&
    run_in_shell 'muster update We look --audience customers --next 30m' && see 'Send it\?' && see 'goes to page' &&
    see 'next update promised by' && enter && see 'nothing was recorded and nothing was sent' && not_in_log 'update.sent' &&
    run_in_shell 'clear; muster update We look --audience customers' && see 'Send it\?' && say 'y' && enter &&
    see 'delivered to page' && in_log 'delivery.succeeded' && run_in_shell 'clear; muster update Again --audience customers --yes' &&
    see 'delivered to page' && gone 'Send it'
}

test_a_copy_is_in_the_buffer_of_tmux() {
  declare_incident && open 100x30 && run_in_shell 'muster update We look --copy --yes' && see 'copied to the tmux buffer' &&
    in_log '"kind":"delivery.succeeded".*clipboard' && expect 'buffer' "$(in_tmux show-buffer | head -1)" 'We look'
}

test_two_consoles_and_a_command_line_deliver_once() {
  deliver_by 'echo x >>"$0.times"; test -e "$0.up" || exit 1; sleep 1; cat >>"$0.out"' && declare_incident &&
    open 100x30 && run_in_shell 'muster console' && see 'Checkout returns 502' || return
  window=second
  open 100x30 && run_in_shell 'muster console' && see 'Checkout returns 502' || return
  "$muster" update 'We look into it' --audience customers >/dev/null 2>&1 </dev/null
  see 'NOT DELIVERED page, retry' || return
  local before
  before=$(wc -l <"$scratch/page.times")
  expect 'attempts' "$before" 1 || return
  : >"$scratch/page.up"
  "$muster" deliver >/dev/null 2>&1 &
  in_log 'delivery.succeeded' && gone 'NOT DELIVERED' && window=t && gone 'NOT DELIVERED' &&
    expect 'attempts' "$(wc -l <"$scratch/page.times")" 2 &&
    expect 'what went out' "$(grep -c 'We look into it' "$scratch/page.out")" 1
}

test_somebody_who_leaves_can_end_a_hanging_command() {
  deliver_by 'echo x >>"$0.times"; sleep 50' ', timeout: 60s' && start_console 100x30 && compose 'We look into it' &&
    type_keys y && until_true 10 test -s "$scratch/page.times" && type_keys q && see 'Leave the' && type_keys y && see 'stops them' && type_keys C-c &&
    see 'READY> *$' && in_log 'delivery.failed.*stopped by a signal'
}
