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

/// A file beside its destination, `<name>.part`, locked against a second writer; removed unless it was moved into place.
/// For what is written piece by piece: write_atomically does it all at once and throws as this does.
class PartFile {
  public:
    explicit PartFile(const std::filesystem::path& to);
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    ~PartFile();

    const std::filesystem::path& path() const noexcept { return part_; }
    const std::filesystem::path& destination() const noexcept { return given_; }  ///< as the user wrote it

    void empty();
    /// Throws `disk_full` where the disk has no room for so many bytes in this file.
    void require_room(std::size_t bytes) const;
    std::size_t size() const;
    void append(std::span<const std::byte> bytes);
    /// How many bytes from the place `from` on were read; fewer than asked for at the end.
    std::size_t read(std::size_t from, std::span<std::byte> into) const;
    /// Forces the bytes to the disk, then gives the file its name.
    void move_into_place();

  private:
    std::filesystem::path given_;  // as the user wrote it, for messages
    std::filesystem::path to_, part_;
    int file_;
    bool moved_ = false;
};

/// Throws the FileError that write_atomically would meet on its first byte, so that a long run need not reach its end
/// to learn it. Leaves nothing behind.
void require_creatable(const std::filesystem::path& to);

}  // namespace cicatrix
