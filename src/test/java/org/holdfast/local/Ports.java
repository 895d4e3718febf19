// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ports of one stack, all on the loopback interface. */
record Ports(int server, int keycloak, int postgres, int management) {
    /** The four ports of the run command. */
    static final Ports RUN = new Ports(8080, 8180, 8432, 9100);

    /**
     * The realm holds the server's exact addresses, so the server of the tests has a fixed port and only the others are free ones;
     * {@code -Dholdfast.test.port} moves it where another program sits on it.
     */
    static final int TEST_SERVER = Integer.getInteger("holdfast.test.port", 18081);

    static Ports forTests() {
        Set<Integer> found = new TreeSet<>();
        while (found.size() < 3) {
            found.add(free());
        }
        Integer[] three = found.toArray(new Integer[0]);
        return new Ports(TEST_SERVER, three[0], three[1], three[2]);
    }

    /** Refuses in one sentence when another program listens at one of the ports. */
    void requireFree() {
        Map<Integer, String> use = Map.of(
                server,
                "the Holdfast server",
                keycloak,
                "Keycloak",
                postgres,
                "PostgreSQL",
                management,
                "health and metrics");
        for (int port : new TreeSet<>(use.keySet())) {
            requireFree(port, use.get(port));
        }
    }

    static void requireFree(int port, String use) {
        if (!isFree(port)) {
            throw new Trouble("Port " + port + " is needed for " + use
                    + ", but another program uses it: stop that program (find it with" + " 'ss -ltnp' or 'lsof -i :"
                    + port + "') and start again.");
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: a port whose last connections are only fading away counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Trouble("No free port on the loopback interface: " + e.getMessage(), e);
        }
    }
}
