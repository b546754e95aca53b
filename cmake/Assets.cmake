# Puts files into a target's program: mimus_assets(<target> <header> <namespace> <file>...). The bytes are taken up by
# the assembler, so that a file of megabytes costs no compile time; assets() and asset() of <header> find them by name.
function(mimus_assets target header namespace)
  set(declarations "")
  set(entries "")
  set(index 0)
  foreach(file ${ARGN})
    if(NOT EXISTS ${file})
      message(FATAL_ERROR "${file} is missing: run scripts/deps")
    endif()
    get_filename_component(name ${file} NAME)
    set(symbol mimus_asset_${index})
    string(APPEND declarations "asm(R\"asm(.section .rodata\n.balign 8\n.global ${symbol}\n.global ${symbol}_end\n"
                               "${symbol}:\n.incbin \"${file}\"\n${symbol}_end:\n.byte 0\n.previous)asm\")\;\n"
                               "extern \"C\" const char ${symbol}[]\;\nextern \"C\" const char ${symbol}_end[]\;\n")
    string(APPEND entries "      Asset{\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/assets.cc)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
// Made by cmake/Assets.cmake.
#include "@header@"

#include <array>
#include <cstddef>

@declarations@
namespace @namespace@ {

std::span<const Asset> assets() {
  static const std::array<Asset, @index@> kAssets{{
@entries@  }};
  return kAssets;
}

std::string_view asset(std::string_view name) {
  for (const Asset& one : assets()) {
    if (one.name == name) return one.bytes;
  }
  return {};
}

}  // namespace @namespace@
]])
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${source})
endfunction()
