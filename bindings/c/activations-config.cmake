# find_package(activations) gives activations::activations, the shared library, and activations::static.
# This file lies in <prefix>/lib/cmake/activations or <prefix>/lib/<architecture>/cmake/activations.
get_filename_component(_activations_lib "${CMAKE_CURRENT_LIST_DIR}/../.." REALPATH)
find_path(_activations_include activations.h
  PATHS "${_activations_lib}/../include" "${_activations_lib}/../../include" NO_DEFAULT_PATH NO_CACHE REQUIRED)

if(NOT TARGET activations::activations)
  add_library(activations::activations SHARED IMPORTED)
  set_target_properties(activations::activations PROPERTIES
    IMPORTED_LOCATION "${_activations_lib}/libactivations.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_activations_include}")

  include(CMakeFindDependencyMacro)
  find_dependency(Threads)
  add_library(activations::static STATIC IMPORTED)
  set_target_properties(activations::static PROPERTIES
    IMPORTED_LOCATION "${_activations_lib}/libactivations.a"
    INTERFACE_INCLUDE_DIRECTORIES "${_activations_include}"
    INTERFACE_LINK_LIBRARIES "m;Threads::Threads")
endif()

unset(_activations_lib)
unset(_activations_include)
