// SHA-256 gives the digests that FIPS 180 and its examples publish.
#include "cicatrix/io/checksum.hpp"

#include "catch.hpp"

#include <set>

using cicatrix::sha256;

TEST_CASE("SHA-256 gives the published digests", "[io]") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                 "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu") ==
          "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("texts of every length round a block, and with NUL or high bytes, have digests of their own", "[io]") {
    std::set<std::string> digests;
    for (std::size_t length = 0; length <= 130; ++length)
        for (const char filler : {'a', '\0', '\xff'}) digests.insert(sha256(std::string(length, filler)));
    CHECK(digests.size() == 3 * 130 + 1);
}

TEST_CASE("SHA-256 of pieces is that of the whole, wherever it is cut", "[io]") {
    std::string text;
    for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
    for (std::size_t first = 0; first <= 130; first += 13)
        for (std::size_t second = first; second <= text.size(); second += 17) {
            cicatrix::Sha256 pieces;
            pieces.add(std::string_view(text).substr(0, first));
            pieces.add(std::string_view(text).substr(first, second - first));
            CHECK(pieces.digits() == sha256(text.substr(0, second)));
            pieces.add(std::string_view(text).substr(second));
            CHECK(pieces.digits() == sha256(text));
        }
}
