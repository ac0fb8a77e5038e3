package com.example.spring;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Verifies, keeps, answers. */
@RestController
class Hooks {

    private static final String SIGNATURE = "MxAPI-Signature";

    private final Signature signature;
    private final Deliveries deliveries;
    private final Stories stories;

    Hooks(@Value("${receiver.secret}") String secret, Deliveries deliveries, Stories stories) {
        signature = new Signature(secret);
        this.deliveries = deliveries;
        this.stories = stories;
    }

    private interface Keeper {
        boolean keep(UUID delivery, byte[] identity, byte[] body) throws IOException;
    }

    @PostMapping("/keep")
    ResponseEntity<String> keep(
            @RequestHeader(name = SIGNATURE, required = false) String value, @RequestBody byte[] body)
            throws GeneralSecurityException, IOException {
        return answer(
                value, body, (delivery, identity, bytes) -> deliveries.keep("spring_keep", delivery, identity, bytes));
    }

    @PostMapping("/mirror")
    ResponseEntity<String> mirror(
            @RequestHeader(name = SIGNATURE, required = false) String value, @RequestBody byte[] body)
            throws GeneralSecurityException, IOException {
        return answer(value, body, stories::keep);
    }

    private ResponseEntity<String> answer(String value, byte[] body, Keeper keeper)
            throws GeneralSecurityException, IOException {
        if (!signature.verifies(value, body)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        UUID delivery = UUID.randomUUID();
        boolean kept =
                keeper.keep(delivery, MessageDigest.getInstance("SHA-256").digest(body), body);
        return ResponseEntity.status(kept ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"delivery\":\"" + delivery + "\"}");
    }
}
