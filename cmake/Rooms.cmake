# A room is one folder of src/ and one static library, mimus_<room>. Its sources are the folder's *.cc files; files
# called *_test.cc make the test program <room>_test. Headers are included as "<room>/<file>.h", and a room sees only
# the headers of itself and of the rooms it links: a wrong include does not build.

set_property(GLOBAL PROPERTY MIMUS_ROOMS "")

# mimus_room(<name> [ROOMS <room>...] [LIBRARIES <target>...] [TEST_LIBRARIES <target>...])
function(mimus_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBRARIES;TEST_LIBRARIES" ${ARGN})
  get_property(above GLOBAL PROPERTY MIMUS_ROOMS)
  foreach(room ${ROOM_ROOMS})
    if(NOT room IN_LIST above)
      message(FATAL_ERROR "room '${name}' may not use '${room}': it is not above it in the layer order")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY MIMUS_ROOMS ${name})

  # One include root a room, holding nothing but the link to that room's folder.
  set(root ${CMAKE_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)

  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cc$|/main\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  add_library(mimus_${name} STATIC ${sources})
  target_include_directories(mimus_${name} PUBLIC ${root})
  list(TRANSFORM ROOM_ROOMS PREPEND mimus_ OUTPUT_VARIABLE room_targets)
  target_link_libraries(mimus_${name} PUBLIC ${room_targets} PRIVATE ${ROOM_LIBRARIES})

  if(MIMUS_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE mimus_${name} ${ROOM_LIBRARIES} ${ROOM_TEST_LIBRARIES} GTest::gmock
                                               GTest::gtest_main)
    target_compile_definitions(${name}_test PRIVATE MIMUS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME unit.${name} COMMAND ${name}_test)
    set_tests_properties(unit.${name} PROPERTIES TIMEOUT 300 LABELS unit)
  endif()

  if(MIMUS_FUZZ)
    file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_fuzz.cc)
    foreach(fuzzer ${fuzzers})
      get_filename_component(stem ${fuzzer} NAME_WE)
      add_executable(${stem} ${fuzzer})
      target_compile_options(${stem} PRIVATE -fsanitize=fuzzer)
      target_link_options(${stem} PRIVATE -fsanitize=fuzzer)
      target_link_libraries(${stem} PRIVATE mimus_${name} ${ROOM_LIBRARIES})
    endforeach()
  endif()
endfunction()
