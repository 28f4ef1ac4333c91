// What is thrown cannot be caught in WebAssembly without an unwinder: its text goes to the page, which throws it on in
// JavaScript and never uses this instance again.
#include <cstddef>
#include <cstring>
#include <exception>
#include <new>

extern "C" {
[[noreturn]] __attribute__((import_module("page"), import_name("refuse"))) void cicatrix_refuse(const char* text,
                                                                                                std::size_t size);

void* __cxa_allocate_exception(std::size_t size) noexcept { return ::operator new(size); }
void __cxa_free_exception(void* thrown) noexcept { ::operator delete(thrown); }

/// Everything that is thrown here begins with a std::exception.
[[noreturn]] void __cxa_throw(void* thrown, void*, void (*)(void*)) {
    const char* const text = static_cast<const std::exception*>(thrown)->what();
    cicatrix_refuse(text, std::strlen(text));
}
}
