// SPDX-License-Identifier: Apache-2.0
#pragma once
// Makes one of each command; each is defined in the file of its own name.

#include "cli/arguments/command.h"

namespace cli {

std::unique_ptr<Action> make_init();
std::unique_ptr<Action> make_add();
std::unique_ptr<Action> make_backup();
std::unique_ptr<Action> make_restore();
std::unique_ptr<Action> make_verify();
std::unique_ptr<Action> make_sync();
std::unique_ptr<Action> make_log();
std::unique_ptr<Action> make_log_enable();
std::unique_ptr<Action> make_log_disable();
std::unique_ptr<Action> make_repair();
std::unique_ptr<Action> make_doctor();
std::unique_ptr<Action> make_get();
std::unique_ptr<Action> make_show();
std::unique_ptr<Action> make_list();
std::unique_ptr<Action> make_edit();
std::unique_ptr<Action> make_rename();
std::unique_ptr<Action> make_copy();
std::unique_ptr<Action> make_remove();
std::unique_ptr<Action> make_import();
std::unique_ptr<Action> make_onboard();
std::unique_ptr<Action> make_export();
std::unique_ptr<Action> make_order_get();
std::unique_ptr<Action> make_order_set();
std::unique_ptr<Action> make_order_clear();
std::unique_ptr<Action> make_which();
std::unique_ptr<Action> make_status();
std::unique_ptr<Action> make_report();
std::unique_ptr<Action> make_models_paste_token();
std::unique_ptr<Action> make_models_paste_api_key();
std::unique_ptr<Action> make_models_setup_token();
std::unique_ptr<Action> make_pin_set();
std::unique_ptr<Action> make_pin_get();
std::unique_ptr<Action> make_pin_clear();
std::unique_ptr<Action> make_agent_list();
std::unique_ptr<Action> make_agent_add();
std::unique_ptr<Action> make_agent_remove();
std::unique_ptr<Action> make_agent_default();
std::unique_ptr<Action> make_agent_token_create();
std::unique_ptr<Action> make_agent_token_list();
std::unique_ptr<Action> make_agent_token_revoke();
std::unique_ptr<Action> make_key_list();
std::unique_ptr<Action> make_key_add();
std::unique_ptr<Action> make_key_remove();
std::unique_ptr<Action> make_key_rotate();
std::unique_ptr<Action> make_unlock();
std::unique_ptr<Action> make_lock();
std::unique_ptr<Action> make_token();
std::unique_ptr<Action> make_git_credential();
std::unique_ptr<Action> make_docker_credential();
std::unique_ptr<Action> make_aws_credential();
std::unique_ptr<Action> make_wire();
std::unique_ptr<Action> make_run();
std::unique_ptr<Action> make_scan();
std::unique_ptr<Action> make_paths();
std::unique_ptr<Action> make_version();
std::unique_ptr<Action> make_vault_adopt();
std::unique_ptr<Action> make_vault_copy();
std::unique_ptr<Action> make_vault_sql();
std::unique_ptr<Action> make_resolve();
std::unique_ptr<Action> make_openclaw_note();
std::unique_ptr<Action> make_openclaw_unwire();
std::unique_ptr<Action> make_openclaw_wire();
std::unique_ptr<Action> make_completion();
// These two tell of the table that they are given.
std::unique_ptr<Action> make_complete_for(std::span<const Command> table);
std::unique_ptr<Action> make_man_page_for(std::span<const Command> table);

}  // namespace cli
