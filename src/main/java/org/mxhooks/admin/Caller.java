package org.mxhooks.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who asks, as the server tells it.
 *
 * @param address the client's, or the last proxy's where the server trusts none
 * @param isPrivate whether nobody else can read along: HTTPS, or the machine's own loopback
 */
record Caller(String address, boolean isPrivate) {

    static Caller of(HttpServletRequest connection) {
        String address = connection.getRemoteAddr();
        return new Caller(address, connection.isSecure() || isLoopback(address));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
