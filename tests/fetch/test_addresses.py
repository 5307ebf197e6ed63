"""Addresses: which are fetched, and which hosts are public."""

import pytest

from bot.errors import RefusedSource
from bot.fetch.addresses import Doorkeeper, is_public, read_address


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x.example/", "file:///etc/passwd", "gopher://x.example", "data:text/html,x", "javascript:alert(1)",
        "http://", "https:///path", "http://[::1", "http://x.example:99999/", "http://x y/", "http://x.example/\x00",
        "//x.example/a", "", "http://x.example/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(address: str) -> None:
    with pytest.raises(RefusedSource):
        read_address(address)


@pytest.mark.parametrize("address", ["http://me:secret@x.example/", "https://secret@x.example/"])
def test_credentials_are_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(RefusedSource) as caught:
        read_address(address)
    assert "secret" not in str(caught.value)


def test_the_fragment_is_left_out() -> None:
    assert str(read_address(" https://x.example/a?b=1#c ")) == "https://x.example/a?b=1"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False), ("127.9.9.9", False), ("0.0.0.0", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("100.64.0.1", False), ("169.254.169.254", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("192.0.2.1", False), ("198.18.0.1", False), ("240.0.0.1", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fd00:ec2::254", False),
        ("fec0::1", False), ("ff02::1", False), ("2001:db8::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False), ("::127.0.0.1", False), ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False), ("2002:7f00:1::", False), ("2001:0:5ef5:79fb:0:0:80ff:fffe", False),
        ("64:ff9b::a9fe:a9fe", False), ("64:ff9b::808:808", True), ("::ffff:0:7f00:1", False), ("2002:808:808::", True),
        ("168.63.129.16", False), ("192.0.0.192", False), ("192.0.0.8", False), ("192.88.99.1", False),
        ("100.100.100.200", False), ("3fff::1", False), ("100::1", False), ("5f00::1", False), ("127.1", False),
        ("0177.0.0.1", False), ("no address", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    keeper = Doorkeeper(resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(RefusedSource, match="not on the public internet"):
        keeper.addresses("x.example", 80)


def test_a_host_that_a_setting_names_is_let_through() -> None:
    keeper = Doorkeeper(frozenset({"wiki.example"}), lambda host, port: ["10.0.0.1", "10.0.0.1"])
    assert keeper.addresses("Wiki.Example", 80) == ["10.0.0.1"]
    with pytest.raises(RefusedSource):
        keeper.addresses("other.example", 80)


@pytest.mark.parametrize(
    "address",
    [
        "http://2130706433/", "http://0x7f.1/", "http://0x7f000001/", "http://127.1/", "http://017700000001/",
        "http://0177.1/", "http://0/", "http://LOCALHOST/", "http://localhost./", "http://127.0.0.1./",
        "http://[::]/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::1%25lo]/", "http://127。0。0。1/",
        "http://①②⑦.⓪.⓪.①/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://localhost%00.x.example/", "http://x.example@127.0.0.1/",
        "http://127.0.0.1\\@x.example/", "http://127.0.0.1%2f@x.example/", "http:127.0.0.1", "http:///127.0.0.1/",
    ],
)  # fmt: skip
def test_the_loopback_is_refused_however_it_is_spelled(address: str) -> None:
    with pytest.raises(RefusedSource):
        Doorkeeper().addresses(read_address(address).host, 80)


def test_behind_a_proxy_a_host_known_to_be_private_is_refused_and_an_unknown_one_is_the_proxys() -> None:
    def resolve(host: str, port: int) -> list[str]:
        if host == "intranet.example":
            return ["10.0.0.1"]
        raise OSError("no such host")

    Doorkeeper(resolve=resolve).check_behind_proxy("only-the-proxy-knows.example", 443)
    with pytest.raises(RefusedSource):
        Doorkeeper(resolve=resolve).check_behind_proxy("intranet.example", 443)
