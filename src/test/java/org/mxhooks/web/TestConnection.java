package org.mxhooks.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** By which way requests come, as a servlet container would tell it. */
public final class TestConnection {

    private volatile String address = "127.0.0.1";
    private volatile boolean secure;
    private volatile List<String[]> headers = List.of();

    /** One over loopback. */
    public static HttpServletRequest fromThisMachine() {
        return new TestConnection().request();
    }

    /** From now on, without a proxy. */
    public TestConnection comesFrom(String newAddress, boolean byHttps) {
        address = newAddress;
        secure = byHttps;
        return with();
    }

    /** From now on with headers, as a proxy would add them. */
    public TestConnection with(String... lines) {
        headers = Stream.of(lines).map(line -> line.split(": ?", 2)).toList();
        return this;
    }

    public HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TestConnection.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> address;
                    case "isSecure" -> secure;
                    case "getAttribute" -> null;
                    case "getHeaderNames" ->
                        Collections.enumeration(
                                headers.stream().map(header -> header[0]).toList());
                    case "getHeaders" ->
                        Collections.enumeration(headers.stream()
                                .filter(header -> header[0].equalsIgnoreCase((String) arguments[0]))
                                .map(header -> header[1])
                                .toList());
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> address;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
