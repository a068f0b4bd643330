// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage in memory: what tests run on, and the second voice that keeps the contract honest.
//
// A medium is what a file is to the other backend: several storages, each in its own thread if need be, may lie on one.
// Readers see the state that was committed when they began, and hinder nobody. Writers work on a copy, one at a time,
// and queue in the order they came.

#include <chrono>
#include <memory>

#include "vault/storage/storage.h"

namespace vault {

class MemoryMedium;

std::shared_ptr<MemoryMedium> make_memory_medium();

// A writer that waited for longer than `longest_wait` gets busy.
std::unique_ptr<Storage> make_memory_storage(std::shared_ptr<MemoryMedium> medium,
                                             std::chrono::milliseconds longest_wait = std::chrono::seconds(10));
std::unique_ptr<Storage> make_memory_storage();  // on a medium of its own

}  // namespace vault
