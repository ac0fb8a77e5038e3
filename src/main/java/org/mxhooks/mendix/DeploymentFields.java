package org.mxhooks.mendix;

import jakarta.json.JsonArray;
import java.time.Instant;
import java.util.List;

/** The fields of a deployment webhook that mxhooks reads. Source: the portal's pages on these webhooks. */
final class DeploymentFields {

    static final Field<String> EVENT_TYPE = Field.name("eventType");
    static final Field<String> PROJECT_ID = Field.appId("projectId");

    static final Field<String> BRANCH_NAME = Field.labelingName("branchName");
    static final Field<String> BEFORE = Field.id("before");
    static final Field<String> AFTER = Field.id("after");
    static final Field<String> REPOSITORY_TYPE = Field.text("repositoryType");
    static final Field<String> USER_ID = Field.id("userId");
    static final Field<JsonArray> COMMITS = Field.list("commits");

    /** Of a commit, a related story or an alert. */
    static final Field<String> ID = Field.id("id");

    static final Field<String> MESSAGE = Field.text("message");
    static final Field<String> AUTHOR_NAME = Field.text("authorName");
    static final Field<String> AUTHOR_EMAIL = Field.text("authorEmail");
    static final Field<Instant> AUTHOR_DATE = Field.instant("authorDate");
    static final Field<String> MENDIX_VERSION = Field.text("mendixVersion");
    static final Field<JsonArray> RELATED_STORIES = Field.list("relatedStories");

    static final Field<String> NAME = Field.labelingName("name");
    static final Field<String> MODEL_VERSION = Field.text("modelVersion");
    static final Field<String> RUNTIME_VERSION = Field.text("runtimeVersion");
    static final Field<Instant> UPLOAD_TIME = Field.instant("uploadTime");
    static final Field<String> UPLOADER_ID = Field.id("uploaderId");

    static final Field<String> SEVERITY = Field.labelingName("severity");
    static final Field<String> SERVICE = Field.labelingName("service");
    static final Field<String> APP_NAME = Field.name("app_name", "appName");
    static final Field<String> ENVIRONMENT = Field.text("environment");
    static final Field<String> ENVIRONMENT_ID = Field.appId("environment_id", "environmentId");
    static final Field<Instant> TIMESTAMP = Field.instant("timestamp");
    static final Field<String> URL = Field.text("url");

    static final List<Field<?>> IN_COMMIT =
            List.of(ID, MESSAGE, AUTHOR_NAME, AUTHOR_EMAIL, AUTHOR_DATE, MENDIX_VERSION, RELATED_STORIES);

    private DeploymentFields() {}
}
