package org.mxhooks.settings;

import java.util.Optional;

/**
 * Reads the users' accounts.
 *
 * @param values of the settings
 * @param secrets among them
 */
record AccountReader(ValueReader values, SecretReader secrets) {

    Account operator() {
        String user = user("mxhooks.operator.user").orElse("admin");
        Secret password = secrets.required("mxhooks.operator.password", GeneratedFile.OPERATOR_PASSWORD.fileName())
                .orElse(null);
        return new Account(user, password);
    }

    Optional<Account> viewer(Account operator) {
        Optional<String> user = user("mxhooks.viewer.user");
        Optional<Secret> password = secrets.secret("mxhooks.viewer.password");
        if (user.isPresent() != password.isPresent()) {
            values.problem("mxhooks.viewer.user", "and mxhooks.viewer.password go together; set both, or neither");
        }
        if (user.map(Account::normalized).equals(Optional.of(Account.normalized(operator.user())))) {
            values.problem("mxhooks.viewer.user", "is also the operator's; choose another name for the viewer");
        }
        return user.isPresent() && password.isPresent()
                ? Optional.of(new Account(user.get(), password.get()))
                : Optional.empty();
    }

    private Optional<String> user(String setting) {
        Optional<String> user = values.text(setting);
        if (user.orElse("").contains(":")) {
            values.problem(setting, "contains a colon, which HTTP Basic does not allow");
        }
        return user;
    }
}
