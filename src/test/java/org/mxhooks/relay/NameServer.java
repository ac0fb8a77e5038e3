package org.mxhooks.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.mxhooks.settings.Network;

/** A DNS server (RFC 1035) on 127.0.0.1 that gives each look-up of an address another answer, if it is told so. */
final class NameServer implements AutoCloseable {

    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    private static final int ANSWER = 0x8180;
    private static final int POINTER_TO_QUESTION = 0xC00C;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final IntFunction<List<String>> answers;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param answers the addresses of any name, by the number of the look-up, from 0 on; null for no answer */
    NameServer(IntFunction<List<String>> answers) throws SocketException {
        this.answers = answers;
        Thread server = new Thread(this::serve, "name server");
        server.setDaemon(true);
        server.start();
    }

    /** The names of which IPv4 addresses were asked for, one for each look-up. */
    List<String> asked() {
        return asked;
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                if (answer != null) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            socket.close();
        }
    }

    private byte[] answer(ByteBuffer query) throws IOException {
        int id = query.getShort();
        query.position(12);
        int start = query.position();
        String name = name(query);
        int type = query.getShort();
        query.getShort();
        byte[] question = Arrays.copyOfRange(query.array(), start, query.position());
        if (type == TYPE_A) {
            asked.add(name);
        }
        List<String> addresses = answers.apply(asked.size() - 1);
        return addresses == null ? null : answer(id, question, ofType(type, addresses));
    }

    private static byte[] answer(int id, byte[] question, List<InetAddress> addresses) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int field : new int[] {id, ANSWER, 1, addresses.size(), 0, 0}) {
            out.writeShort(field);
        }
        out.write(question);
        for (InetAddress address : addresses) {
            out.writeShort(POINTER_TO_QUESTION);
            out.writeShort(address instanceof Inet4Address ? TYPE_A : TYPE_AAAA);
            out.writeShort(CLASS_IN);
            out.writeInt(0);
            out.writeShort(address.getAddress().length);
            out.write(address.getAddress());
        }
        return bytes.toByteArray();
    }

    private static String name(ByteBuffer query) {
        List<String> labels = new ArrayList<>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, US_ASCII));
        }
        return String.join(".", labels);
    }

    private static List<InetAddress> ofType(int type, List<String> addresses) {
        return addresses.stream()
                .map(text -> Network.address(text).orElseThrow())
                .filter(address -> (address instanceof Inet4Address ? TYPE_A : TYPE_AAAA) == type)
                .toList();
    }

    /** Asks this server, by the DNS client of the JDK. */
    InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            InitialDirContext dns = new InitialDirContext(new Hashtable<>(Map.of(
                    "java.naming.factory.initial",
                    "com.sun.jndi.dns.DnsContextFactory",
                    "java.naming.provider.url",
                    "dns://127.0.0.1:" + socket.getLocalPort(),
                    "com.sun.jndi.dns.timeout.initial",
                    "60000")));
            try {
                List<InetAddress> found = new ArrayList<>();
                for (String type : List.of("A", "AAAA")) {
                    Attribute records =
                            dns.getAttributes(host, new String[] {type}).get(type);
                    NamingEnumeration<?> all = records == null ? null : records.getAll();
                    while (all != null && all.hasMore()) {
                        found.add(Network.address(all.next().toString()).orElseThrow());
                    }
                }
                return found.toArray(InetAddress[]::new);
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            throw new UnknownHostException(host);
        } catch (NamingException e) {
            throw new IllegalStateException("the name server of the test does not answer", e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
