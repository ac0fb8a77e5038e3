package org.mxhooks.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP URL of an application or of one of its endpoints. In messages it is shown without user, query and fragment,
 * which may contain a secret.
 */
record ServerUrl(URI uri) {

    private static final int MAX_SHOWN = 100;
    private static final Pattern ENDPOINT = Pattern.compile("(\\w+://[^/?#]+(?:/[^?#]*)?)/hooks/([^/?#]+)/*([?#].*)?");
    private static final Pattern APPLICATION = Pattern.compile("([^?#]*?)/*((?:[?#].*)?)");

    /** Parses the value of {@code --url} or of its variable. */
    static ServerUrl of(String text) throws CommandFailure {
        URI uri = parsed(text);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw noUrl(text, null);
        }
        if (uri.getRawUserInfo() != null) {
            throw CommandFailure.unusable(
                    "--url must not contain a user or password. Pass them with --user and --password-file.", null);
        }
        return new ServerUrl(uri);
    }

    boolean isThisMachine() {
        try {
            return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    boolean isEncrypted() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** The application, without trailing slashes. */
    ServerUrl application() {
        Matcher endpoint = ENDPOINT.matcher(uri.toString());
        return new ServerUrl(
                URI.create((endpoint.matches() ? endpoint.group(1) : uri.toString()).replaceFirst("/+$", "")));
    }

    /** The name of the endpoint; empty for an application. */
    Optional<String> endpoint() {
        Matcher endpoint = ENDPOINT.matcher(uri.toString());
        return endpoint.matches() ? Optional.of(endpoint.group(2)) : Optional.empty();
    }

    /** An endpoint of this application. */
    ServerUrl endpoint(String name) {
        Matcher application = APPLICATION.matcher(uri.toString());
        return application.matches()
                ? new ServerUrl(URI.create(application.group(1) + "/hooks/" + name + application.group(2)))
                : this;
    }

    /** For messages. */
    @Override
    public String toString() {
        return shown(uri.toString());
    }

    private static URI parsed(String text) throws CommandFailure {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw noUrl(text, e);
        }
    }

    private static CommandFailure noUrl(String text, Exception cause) {
        return CommandFailure.unusable(
                "%s is not an HTTP URL. Pass an http or https --url.".formatted(shown(text)), cause);
    }

    private static String shown(String text) {
        String shown = text.replaceFirst("//[^/]*@", "//").replaceFirst("[?#].*", "");
        return shown.length() <= MAX_SHOWN ? shown : shown.substring(0, MAX_SHOWN) + "…";
    }
}
