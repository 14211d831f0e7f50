using System.Net;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Tests.Recordings;

public class RecordingAddressesTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("2a00::1")]
    public void Addresses_of_the_internet_are_public(string address) => Assert.True(RecordingAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.0")]
    [InlineData("198.19.255.255")]
    [InlineData("240.0.0.0")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("::ffff:10.0.0.32")]
    [InlineData("::ffff:32.0.0.1")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("64:ff9b::101:101")]
    [InlineData("2002:101:101::1")]
    [InlineData("2001::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1%2")]
    [InlineData("4000::1")]
    public void All_others_are_not(string address) => Assert.False(RecordingAddresses.IsPublic(IPAddress.Parse(address)));
}
