package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A client of the operator API. */
final class Api {

    private static final int MAX_PROBLEM = 65_536;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final ServerUrl url;
    private final String authorization;
    private final String credentials;
    private final Exchange exchange = Exchange.standard();

    /**
     * @param url of the application, without a slash at its end
     * @param credentials the user and the source of the password, for the message of a 401
     */
    Api(ServerUrl url, String user, String password, String credentials) {
        this.url = url;
        this.credentials = credentials;
        authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Parts of an address, each of them escaped: {@code path("deliveries", id)}. */
    static String path(String... parts) {
        return Arrays.stream(parts).map(Api::escaped).collect(joining("/", "/", ""));
    }

    JsonValue get(String path, Map<String, String> parameters) throws CommandFailure, InterruptedException {
        return send(request(path, parameters).GET());
    }

    JsonValue post(String path, Map<String, String> parameters) throws CommandFailure, InterruptedException {
        return post(path, parameters, JsonValue.EMPTY_JSON_OBJECT);
    }

    JsonValue post(String path, JsonObject body) throws CommandFailure, InterruptedException {
        return post(path, Map.of(), body);
    }

    private JsonValue post(String path, Map<String, String> parameters, JsonObject body)
            throws CommandFailure, InterruptedException {
        return send(request(path, parameters)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    JsonValue delete(String path) throws CommandFailure, InterruptedException {
        return send(request(path, Map.of())
                .header("Content-Type", "application/json")
                .DELETE());
    }

    /** Saves a ZIP in a file, which is there when it is complete; returns its size in bytes. */
    long download(String path, Path file) throws CommandFailure, InterruptedException {
        HttpRequest request = request(path, Map.of())
                .setHeader("Accept", "application/zip, application/json")
                .build();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            HttpResponse<InputStream> response = exchange.client().send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw failure(new Answer(response.statusCode(), new String(body.readNBytes(MAX_PROBLEM), UTF_8)));
                }
                save(body, part);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return Files.size(file);
        } catch (FileSystemException e) {
            throw CommandFailure.unusable("cannot write the file. Pass another --output.", e);
        } catch (ZipException e) {
            throw CommandFailure.unavailable("the export was cut: its end is missing. Try again.");
        } catch (IOException e) {
            throw NoAnswer.failure(url, e);
        } finally {
            part.toFile().delete();
        }
    }

    private static void save(InputStream body, Path part) throws IOException {
        Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
        new ZipFile(part.toFile()).close();
    }

    private HttpRequest.Builder request(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + escaped(parameter.getValue()))
                .collect(joining("&"));
        return HttpRequest.newBuilder(URI.create(url.uri() + "/api/v1" + path + (query.isEmpty() ? "" : "?" + query)))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", authorization)
                .header("Accept", "application/json");
    }

    private JsonValue send(HttpRequest.Builder request) throws CommandFailure, InterruptedException {
        Answer answer = answer(request.build());
        if (answer.isSuccess()) {
            return answer.body().isEmpty()
                    ? JsonValue.NULL
                    : answer.json()
                            .orElseThrow(() -> CommandFailure.refused(
                                    "%s did not answer with JSON: is mxhooks at this --url?".formatted(url)));
        }
        throw failure(answer);
    }

    /**
     * Reads a list as a file has it, line by line.
     *
     * @param reader returns whether it wants more
     */
    void download(String path, Map<String, String> parameters, Predicate<String> reader)
            throws CommandFailure, InterruptedException {
        HttpRequest request = request(path, parameters).GET().build();
        try {
            HttpResponse<InputStream> response = exchange.stream(request);
            try (BufferedReader body = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
                if (response.statusCode() / 100 != 2) {
                    char[] text = new char[MAX_PROBLEM];
                    int length = Math.max(0, body.read(text));
                    throw failure(new Answer(response.statusCode(), new String(text, 0, length)));
                }
                for (String line = body.readLine(); line != null && reader.test(line); line = body.readLine()) {
                    // The reader has it.
                }
            }
        } catch (IOException e) {
            throw NoAnswer.failure(url, e);
        }
    }

    private CommandFailure failure(Answer answer) {
        String problem = answer.problem()
                .orElse("%s from %s, which is not an answer of mxhooks: is it at this --url, and has it started?"
                        .formatted(answer.status(), url));
        if (answer.isUnavailable()) {
            return CommandFailure.unavailable(problem);
        }
        return CommandFailure.refused(
                answer.status() == 401 ? "%s Tried: %s.".formatted(problem, credentials) : problem);
    }

    private Answer answer(HttpRequest request) throws CommandFailure, InterruptedException {
        try {
            return exchange.send(request);
        } catch (IOException e) {
            throw NoAnswer.failure(url, e);
        }
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
