package org.mxhooks.settings;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632; RFC 4291 section 2.3). IPv4 addresses mapped into IPv6 count as
 * IPv4. Names are never looked up.
 *
 * @param first the lowest address
 * @param prefix how many leading bits all addresses share
 */
public record Network(InetAddress first, int prefix) {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final int MAPPED_BITS = 96;

    /**
     * Reads an address, which is a range of one, or a range such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException if the text is something else; the message says what
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = address(host)
                .orElseThrow(
                        () -> new IllegalArgumentException("not an IPv4 or IPv6 address; names are not looked up"));
        Network network = of(address, slash < 0 ? bits(address) : prefix(text.substring(slash + 1), host, address));
        if (slash >= 0 && !network.first().equals(address)) {
            throw new IllegalArgumentException("not the first address of its range; write " + network);
        }
        return network;
    }

    /** An IP address from its text; empty if it is anything else, such as a name. */
    public static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The range of that many shared bits that an address is in. */
    public static Network of(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        BigInteger mask =
                BigInteger.ONE.shiftLeft(bits(address)).subtract(BigInteger.ONE.shiftLeft(bits(address) - prefix));
        byte[] masked = new BigInteger(1, bytes).and(mask).toByteArray();
        byte[] first = new byte[bytes.length];
        int length = Math.min(masked.length, first.length);
        System.arraycopy(masked, masked.length - length, first, first.length - length, length);
        try {
            return new Network(InetAddress.getByAddress(first), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    public boolean contains(InetAddress address) {
        return bits(address) == bits(first)
                && Arrays.equals(of(address, prefix).first().getAddress(), first.getAddress());
    }

    private static int prefix(String text, String host, InetAddress address) {
        boolean mapped = host.contains(":") && bits(address) == Integer.SIZE;
        int least = mapped ? MAPPED_BITS : 0;
        int most = bits(address) + least;
        int prefix = PREFIX.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (prefix <= least || prefix > most) {
            throw new IllegalArgumentException("not a range; behind the slash: %s to %s".formatted(least + 1, most));
        }
        return prefix - least;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
