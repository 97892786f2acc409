//! The addresses under which a sandbox is reached.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Returns the address for programs on this machine.
pub(crate) fn local(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Returns the address for programs on other machines and in other containers. Returns `None` if there
/// is none.
pub(crate) fn reachable(address: SocketAddr) -> Option<SocketAddr> {
    let ip = match address.ip() {
        ip if ip.is_loopback() => return None,
        ip if !ip.is_unspecified() => ip,
        // Most systems let a socket of `::` accept IPv4 too.
        IpAddr::V6(_) => of_default_route(false).or_else(|| of_default_route(true))?,
        IpAddr::V4(_) => of_default_route(true)?,
    };
    Some(SocketAddr::new(ip, address.port()))
}

/// Returns the address of this machine in the direction of the internet. Nothing is sent: a UDP socket
/// only selects a route.
fn of_default_route(is_v4: bool) -> Option<IpAddr> {
    // Addresses that are reserved for documentation.
    let (own, far): (IpAddr, IpAddr) = match is_v4 {
        true => (
            Ipv4Addr::UNSPECIFIED.into(),
            Ipv4Addr::new(192, 0, 2, 1).into(),
        ),
        false => (
            Ipv6Addr::UNSPECIFIED.into(),
            Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
        ),
    };
    let socket = UdpSocket::bind((own, 0)).ok()?;
    socket.connect((far, 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}
