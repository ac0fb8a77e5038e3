package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;

/** Who changes something: the one who uses the page or the API, or a member of a play's team. */
enum Person {
    YOU("Ada Quist"),
    BELA("Béla Kovács"),
    CHIARA("Chiara De Luca"),
    DMITRI("Dmitri Orlow"),
    EMINE("Emine Yıldız"),
    FEMKE("Femke de Boer");

    private static final String COMPANY = "0c0ffee0-0000-4000-8000-000000000001";

    private final String fullName;

    Person(String fullName) {
        this.fullName = fullName;
    }

    String fullName() {
        return fullName;
    }

    String mail() {
        return switch (this) {
            case YOU -> "ada.quist@example.com";
            case BELA -> "bela.kovacs@example.com";
            case CHIARA -> "chiara.de.luca@example.com";
            case DMITRI -> "dmitri.orlow@example.com";
            case EMINE -> "emine.yildiz@example.com";
            case FEMKE -> "femke.de.boer@example.com";
        };
    }

    String id() {
        return uuid("person " + name().toLowerCase(Locale.ROOT));
    }

    String openId() {
        return "https://id.example.com/id?id=" + id();
    }

    static String companyId() {
        return COMPANY;
    }

    static String companyName() {
        return "Example BV";
    }

    /** Where the picture of a person or an app would be. */
    static String avatar(String of) {
        return "https://portal.example.com/document/image?uuid=%s&thumb=false".formatted(uuid("avatar " + of));
    }

    /** Always the same for a name. */
    static String uuid(String name) {
        return UUID.nameUUIDFromBytes(("mxhooks-portal " + name).getBytes(UTF_8))
                .toString();
    }
}
