# Builds the web page with the npm packages of the house, and puts its files into a target's program:
# mimus_web_page(<target>). They are built anew when anything in web/ has changed.
function(mimus_web_page target)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/node_modules/vite)
    message(FATAL_ERROR "the npm packages of the page are missing: run scripts/deps")
  endif()
  find_program(NODE node REQUIRED)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/* ${CMAKE_SOURCE_DIR}/web/public/*)
  set(folder ${CMAKE_BINARY_DIR}/web)
  add_custom_command(
    OUTPUT ${folder}/page_files.cc
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/web/build.mjs ${folder}
    DEPENDS ${sources} ${CMAKE_SOURCE_DIR}/web/index.html ${CMAKE_SOURCE_DIR}/web/build.mjs
      ${CMAKE_SOURCE_DIR}/web/vite.config.mts ${CMAKE_SOURCE_DIR}/package-lock.json
    COMMENT "Building the web page"
    VERBATIM)
  target_sources(${target} PRIVATE ${folder}/page_files.cc)
endfunction()
