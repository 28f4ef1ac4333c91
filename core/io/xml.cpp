// Escaping and indentation of XML.
#include "cicatrix/io/xml.hpp"

namespace cicatrix::detail {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

void XmlText::begin(std::string_view name, Attributes attributes) {
    text_ += indent_ + "<" + std::string(name);
    for (const auto& [key, value] : attributes)
        if (!value.empty()) text_ += " " + std::string(key) + "=\"" + escaped(value) + "\"";
}

void XmlText::open(std::string_view name, Attributes attributes) {
    begin(name, attributes);
    text_ += ">\n";
    indent_ += "  ";
    open_.emplace_back(name);
}

void XmlText::close() {
    indent_.resize(indent_.size() - 2);
    text_ += indent_ + "</" + open_.back() + ">\n";
    open_.pop_back();
}

void XmlText::leaf(std::string_view name, Attributes attributes) {
    begin(name, attributes);
    text_ += "/>\n";
}

void XmlText::text(std::string_view name, std::string_view content, Attributes attributes) {
    begin(name, attributes);
    text_ += ">" + escaped(content) + "</" + std::string(name) + ">\n";
}

void XmlText::raw(std::string_view content) { text_ += indent_ + std::string(content) + "\n"; }

}  // namespace cicatrix::detail
