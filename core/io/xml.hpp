// XML written element by element, indented and escaped.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cicatrix::detail {

/// `text` with what XML reserves replaced, also within attributes.
std::string escaped(std::string_view text);

class XmlText {
  public:
    using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

    /// Begins an element, whose children follow until `close`.
    void open(std::string_view name, Attributes attributes = {});
    void close();
    /// An element without children.
    void leaf(std::string_view name, Attributes attributes = {});
    /// An element whose content is text.
    void text(std::string_view name, std::string_view content, Attributes attributes = {});
    /// Content that is XML already.
    void raw(std::string_view content);

    std::string finished() && { return std::move(text_); }

  private:
    void begin(std::string_view name, Attributes attributes);

    std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    std::string indent_;
    std::vector<std::string> open_;
};

}  // namespace cicatrix::detail
