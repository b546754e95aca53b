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
    set(symbol ${target}_asset_${index})
    string(CONFIGURE [[
asm(R"asm(
  .section .rodata
  .global @symbol@, @symbol@_end
  .balign 8
@symbol@:
  .incbin "@file@"
@symbol@_end:
  .byte 0
  .previous
)asm");
extern "C" const char @symbol@[];
extern "C" const char @symbol@_end[];
]] declaration @ONLY)
    string(APPEND declarations "${declaration}")
    string(APPEND entries "      Asset{\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/assets.cc)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/assets.cc.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${source})
endfunction()
