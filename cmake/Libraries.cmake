# Third-party libraries, all from Debian packages. Linked statically where Debian ships archives, so that the program
# starts in a millisecond and needs no packages to run.

find_package(Threads REQUIRED)
set(OPENSSL_USE_STATIC_LIBS ON)
find_package(OpenSSL REQUIRED)
set(ZLIB_USE_STATIC_LIBS ON)
find_package(ZLIB REQUIRED)
if(MIMUS_TESTS)
  find_package(GTest REQUIRED)
endif()

# mimus_archive(<target> <archive.a> [LIBRARIES <more>...]): an imported target for a static library.
function(mimus_archive target archive)
  cmake_parse_arguments(ARCHIVE "" "" "LIBRARIES" ${ARGN})
  find_library(${target}_FILE NAMES ${archive} REQUIRED)
  add_library(${target} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${${target}_FILE})
  if(ARCHIVE_LIBRARIES)
    set_property(TARGET ${target} PROPERTY INTERFACE_LINK_LIBRARIES ${ARCHIVE_LIBRARIES})
  endif()
endfunction()

# Debian ships {fmt} as a shared library only: used header-only instead.
find_package(fmt REQUIRED)
add_library(lib::fmt ALIAS fmt::fmt-header-only)
mimus_archive(lib::expat libexpat.a)
mimus_archive(lib::sqlite libsqlite3.a LIBRARIES Threads::Threads ${CMAKE_DL_LIBS} m)
mimus_archive(lib::utf8proc libutf8proc.a)
mimus_archive(lib::sodium libsodium.a)
mimus_archive(lib::re2 libre2.a LIBRARIES Threads::Threads)
add_library(lib::crypto ALIAS OpenSSL::Crypto)
add_library(lib::ssl ALIAS OpenSSL::SSL)

# xxHash is used through its header alone (XXH_INLINE_ALL).
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
add_library(lib::xxhash INTERFACE IMPORTED GLOBAL)
target_include_directories(lib::xxhash INTERFACE ${XXHASH_INCLUDE})

find_path(RAPIDJSON_INCLUDE rapidjson/reader.h REQUIRED)
add_library(lib::rapidjson INTERFACE IMPORTED GLOBAL)
target_include_directories(lib::rapidjson INTERFACE ${RAPIDJSON_INCLUDE})

# Asio and Beast are headers only.
find_path(BOOST_INCLUDE boost/beast.hpp REQUIRED)
find_package(LibArchive REQUIRED)
add_library(lib::archive ALIAS LibArchive::LibArchive)

# Debian's archive of libzstd has no threads; its shared library, which libarchive needs anyway, has.
find_path(ZSTD_INCLUDE zstd.h REQUIRED)
find_library(ZSTD_SHARED NAMES libzstd.so REQUIRED)
add_library(lib::zstd UNKNOWN IMPORTED GLOBAL)
set_target_properties(lib::zstd PROPERTIES IMPORTED_LOCATION ${ZSTD_SHARED} INTERFACE_INCLUDE_DIRECTORIES ${ZSTD_INCLUDE})

# Only the headers of CPython: the library is loaded by the program itself, when a descriptor needs it.
set(MIMUS_PYTHON_VERSION 3.11)
find_path(PYTHON_INCLUDE Python.h PATHS /usr/include/python${MIMUS_PYTHON_VERSION} REQUIRED)
add_library(lib::python-headers INTERFACE IMPORTED GLOBAL)
target_include_directories(lib::python-headers SYSTEM INTERFACE ${PYTHON_INCLUDE})
target_compile_definitions(lib::python-headers INTERFACE MIMUS_PYTHON_VERSION="${MIMUS_PYTHON_VERSION}")

# Debian ships a shared library only.
find_path(XLSXWRITER_INCLUDE xlsxwriter.h REQUIRED)
find_library(XLSXWRITER_SHARED NAMES libxlsxwriter.so REQUIRED)
add_library(lib::xlsxwriter UNKNOWN IMPORTED GLOBAL)
set_target_properties(lib::xlsxwriter PROPERTIES IMPORTED_LOCATION ${XLSXWRITER_SHARED}
                                                 INTERFACE_INCLUDE_DIRECTORIES ${XLSXWRITER_INCLUDE})
