package org.mxhooks.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;

/** By which way requests come, as a servlet container would tell it. */
public final class TestConnection {

    private volatile String address = "127.0.0.1";
    private volatile boolean secure;

    /** One over loopback. */
    public static HttpServletRequest fromThisMachine() {
        return new TestConnection().request();
    }

    /** From now on. */
    TestConnection comesFrom(String newAddress, boolean byHttps) {
        address = newAddress;
        secure = byHttps;
        return this;
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TestConnection.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> address;
                    case "isSecure" -> secure;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> address;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
