# Makes the data pack from npm's packages and the tables of datapack/, and puts it into a target's program: the bytes are
# taken up by the assembler.
function(mimus_data_pack target)
  find_program(NODE_PROGRAM NAMES node nodejs REQUIRED)
  set(folder ${CMAKE_SOURCE_DIR}/datapack)
  set(pack ${CMAKE_BINARY_DIR}/mimus.pack)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/node_modules/@faker-js/faker)
    message(FATAL_ERROR "the npm packages of the data pack are missing: run scripts/deps")
  endif()
  file(GLOB inputs CONFIGURE_DEPENDS ${folder}/*.mjs ${folder}/tables/*.tsv)
  add_custom_command(
    OUTPUT ${pack}
    COMMAND ${NODE_PROGRAM} ${folder}/build.mjs ${pack}
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/package-lock.json
    COMMENT "Making the data pack"
    VERBATIM)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded.cc)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/datapack.cc.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${pack})
  target_sources(${target} PRIVATE ${source} ${pack})
endfunction()
