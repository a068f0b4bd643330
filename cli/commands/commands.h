// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every command's function; each is defined in the file of its own name.

#include "cli/arguments/command.h"

namespace cli {

ExitCode run_init(Context&, Arguments&);
ExitCode run_add(Context&, Arguments&);
ExitCode run_backup(Context&, Arguments&);
ExitCode run_restore(Context&, Arguments&);
ExitCode run_verify(Context&, Arguments&);
ExitCode run_doctor(Context&, Arguments&);
ExitCode run_get(Context&, Arguments&);
ExitCode run_show(Context&, Arguments&);
ExitCode run_list(Context&, Arguments&);
ExitCode run_edit(Context&, Arguments&);
ExitCode run_rename(Context&, Arguments&);
ExitCode run_copy(Context&, Arguments&);
ExitCode run_remove(Context&, Arguments&);
ExitCode run_import(Context&, Arguments&);
ExitCode run_export(Context&, Arguments&);
ExitCode run_order_get(Context&, Arguments&);
ExitCode run_order_set(Context&, Arguments&);
ExitCode run_order_clear(Context&, Arguments&);
ExitCode run_which(Context&, Arguments&);
ExitCode run_status(Context&, Arguments&);
ExitCode run_report(Context&, Arguments&);
ExitCode run_models_paste_token(Context&, Arguments&);
ExitCode run_models_paste_api_key(Context&, Arguments&);
ExitCode run_models_setup_token(Context&, Arguments&);
ExitCode run_pin_set(Context&, Arguments&);
ExitCode run_pin_get(Context&, Arguments&);
ExitCode run_pin_clear(Context&, Arguments&);
ExitCode run_agent_list(Context&, Arguments&);
ExitCode run_agent_add(Context&, Arguments&);
ExitCode run_agent_remove(Context&, Arguments&);
ExitCode run_agent_default(Context&, Arguments&);
ExitCode run_agent_token_create(Context&, Arguments&);
ExitCode run_agent_token_list(Context&, Arguments&);
ExitCode run_agent_token_revoke(Context&, Arguments&);
ExitCode run_key_list(Context&, Arguments&);
ExitCode run_key_add(Context&, Arguments&);
ExitCode run_key_remove(Context&, Arguments&);
ExitCode run_key_rotate(Context&, Arguments&);
ExitCode run_unlock(Context&, Arguments&);
ExitCode run_lock(Context&, Arguments&);
ExitCode run_run(Context&, Arguments&);
ExitCode run_paths(Context&, Arguments&);
ExitCode run_resolve(Context&, Arguments&);
ExitCode run_openclaw_wire(Context&, Arguments&);

}  // namespace cli
