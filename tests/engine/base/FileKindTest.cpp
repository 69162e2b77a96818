#include "engine/base/FileKind.h"

#include <doctest/doctest.h>

#include <string>

#include "engine/base/Sha256.h"

using namespace perceptory::base;
using namespace std::string_literals;

TEST_CASE("foreign files are named by their first bytes") {
    CHECK(foreignKind("\x89PNG\r\n\x1a\n....") == "a PNG picture");
    CHECK(foreignKind("\xef\xbb\xbf \n<!DOCTYPE HTML><html>") == "a web page (HTML)");
    CHECK(foreignKind("version https://git-lfs.github.com/spec/v1\n").starts_with("a Git LFS pointer"));
    CHECK(foreignKind("\x89PCM\r\n\x1a\n\1\0\0\0"s) == "a model file of Perceptory");
    CHECK(foreignKind("\x2a\0\0\0\0\0\0\0{\"a\""s) == "weights in a safetensors file");
    CHECK(foreignKind("\x80\x02\0\0\0\0\0\0{\x22\x61\x22"s) == "weights in a safetensors file");
    CHECK(foreignKind("\x80\x04\x95"s) == "a Python pickle");
    CHECK(foreignKind("a\0,\0b\0\n\0"s) == "text in UTF-16");
    CHECK(foreignKind("\xff\xfe\x61\0"s) == "text in UTF-16");
    CHECK(foreignKind("\0\0\x08\x03\0\0"s) == "pictures in IDX form (as MNIST's)");
}

TEST_CASE("bytes without a mark that are no text are a binary file") {
    CHECK(foreignKind(std::string(100, '\0')) == "a binary file");
    CHECK(foreignKind("\x08\x07\x12\x07pytorch\x1a\x05") == "a binary file");
    CHECK(foreignKind("a,b\tc\r\n1,\x1b[31mred,2\n1,2,3\n\f" + std::string(60, 'x')).empty());
}

TEST_CASE("plain text and nothing are not foreign") {
    CHECK(foreignKind("a,b\n1,2\n").empty());
    CHECK(foreignKind("<5,1\n").empty());
    CHECK(foreignKind("").empty());
}

TEST_CASE("SHA-256 of the standard's examples, in one piece and in several") {
    Sha256 sum;
    CHECK(sum.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sum.update("a");
    sum.update("bc");
    CHECK(sum.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
