package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mxhooks.database.Sql;
import org.mxhooks.privacy.StoredTexts;

/** Searches all that the server's database keeps for a text: the answer names the columns that have it. */
@WebServlet("/kept-texts")
public class KeptTexts extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Resource(lookup = Rows.DATA_SOURCE)
    transient DataSource dataSource;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            response.setContentType("text/plain");
            response.getWriter()
                    .print(String.join(",", StoredTexts.naming(new Sql(dataSource), request.getParameter("naming"))));
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }
}
