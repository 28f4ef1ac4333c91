// Files that exist whole or not at all: written beside their place, forced to the disk, then moved into it.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>

namespace cicatrix {

/// Puts `bytes` at `to` as one step: a reader, a crash or a kill sees the earlier file or the new one, never a part.
/// A symbolic link is followed; anything else that is no regular file is refused. Two programs that write the same
/// file at once do not mix: the later one is refused.
/// Throws FileError: `cannot_create`, `locked` while another program writes it, or `disk_full` when the disk failed to take the bytes. Until the new file is in
/// place, a failure leaves the earlier one as it was and removes `<name>.part`.
void write_atomically(const std::filesystem::path& to, std::span<const std::byte> bytes);

/// Throws the FileError that write_atomically would meet on its first byte, so that a long run need not reach its end
/// to learn it. Leaves nothing behind.
void require_creatable(const std::filesystem::path& to);

}  // namespace cicatrix
